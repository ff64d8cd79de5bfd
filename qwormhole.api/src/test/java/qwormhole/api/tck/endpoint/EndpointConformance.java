package qwormhole.api.tck.endpoint;

/**
 * Everything that servers and clients promise, over the providers of the two sides, one test for each
 * behaviour:
 *
 * <pre>{@code
 * class MyEndpointConformanceTest extends EndpointConformance {
 *   MyEndpointConformanceTest() {
 *     super("mine", "java"); // the server's provider, the client's provider
 *   }
 * }
 * }</pre>
 *
 * <p>The tests are in the interfaces that this class implements, one for each topic. When a test is
 * over its endpoints are closed, and besides its own assertions it fails if a listener was called out
 * of order, twice at a time for one connection or after the end, or if a thread is left.
 */
public abstract class EndpointConformance extends PairOfProviders
    implements PairingTopic,
        MessagesTopic,
        SendTopic,
        CodecTopic,
        PriorityTopic,
        FrameLimitTopic,
        HandshakeTopic,
        MembersTopic,
        ScpTopic,
        HostileTopic,
        SignatureTopic,
        AgreementTopic,
        PendingTopic,
        LegacyTopic,
        AdmissionTopic,
        ControlTopic,
        LivenessTopic,
        BackpressureTopic,
        FlowTopic,
        HandlerTopic,
        ExecutorTopic,
        TlsTopic,
        TlsHostileTopic,
        FailoverTopic,
        SuccessionTopic,
        HangTopic,
        WriteFaultTopic,
        ResumeTopic,
        ResumeHostileTopic,
        RestartTopic,
        SlowAnswerTopic,
        StreamTopic,
        ConnectionTopic,
        PeerEndTopic,
        CloseTopic,
        ConnectTopic,
        AddressTopic,
        TelemetryTopic,
        TelemetrySequenceTopic,
        SamplingTopic,
        ManagementTopic,
        RuntimeTopic,
        ScaleTopic {

  /**
   * A test of a pair of providers.
   *
   * @param serverProvider the id of the provider that carries the servers
   * @param clientProvider the id of the provider that carries the clients
   */
  protected EndpointConformance(String serverProvider, String clientProvider) {
    super(serverProvider, clientProvider);
  }
}
