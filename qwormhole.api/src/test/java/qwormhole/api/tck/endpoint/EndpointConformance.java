package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;

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
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EndpointConformance
    implements MessagesTopic,
        SendTopic,
        CodecTopic,
        PriorityTopic,
        FrameLimitTopic,
        HandshakeTopic,
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
        StreamTopic,
        ConnectionTopic,
        PeerEndTopic,
        CloseTopic,
        ConnectTopic,
        AddressTopic,
        TelemetryTopic,
        RuntimeTopic,
        ScaleTopic {

  private static final Map<String, String> UNAVAILABLE = new ConcurrentHashMap<>();

  private final String serverProvider;
  private final String clientProvider;
  private Stage stage;

  /**
   * A test of a pair of providers.
   *
   * @param serverProvider the id of the provider that carries the servers
   * @param clientProvider the id of the provider that carries the clients
   */
  protected EndpointConformance(String serverProvider, String clientProvider) {
    this.serverProvider = serverProvider;
    this.clientProvider = clientProvider;
  }

  /**
   * Whether a provider may be unavailable where the tests run, for want of a library for instance. The
   * tests are then reported as aborted, with the reason; otherwise they fail.
   *
   * @return false unless overridden
   */
  protected boolean mayBeUnavailable() {
    return false;
  }

  @BeforeEach
  final void prepare() {
    checkAvailable(serverProvider);
    checkAvailable(clientProvider);
    stage = new Stage(serverProvider, clientProvider);
  }

  private void checkAvailable(String provider) {
    String why = UNAVAILABLE.computeIfAbsent(provider, EndpointConformance::tryOut);
    if (!why.isEmpty()) {
      if (mayBeUnavailable()) {
        abort(why);
      }
      fail(why);
    }
  }

  /** Why a provider cannot be opened, or nothing. */
  private static String tryOut(String provider) {
    var options = ClientOptions.builder(Codec.bytes()).require(provider).build();
    try (QWormholeClient<?> client = QWormhole.client(options, new ClientListener<>() {})) {
      return client.state() == QWormholeClient.State.IDLE ? "" : "a new client is not idle";
    } catch (QWormholeException unavailable) {
      return unavailable.getMessage();
    }
  }

  @AfterEach
  final void cleanUp() throws Exception {
    if (stage != null) {
      stage.end();
    }
  }

  @Override
  public final Stage stage() {
    return stage;
  }
}
