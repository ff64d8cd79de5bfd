package qwormhole.api.tck.endpoint;

/**
 * The part of {@link EndpointConformance} in which both providers meet, for a pair of different ones
 * that each pass all of it with themselves: what goes from one to the other, what holds it up, and how
 * one notices the other's end.
 */
public abstract class PairingConformance extends PairOfProviders
    implements PairingTopic,
        MessagesTopic,
        SendTopic,
        BackpressureTopic,
        StreamTopic,
        CloseTopic,
        AddressTopic {

  /**
   * A test of a pair of providers.
   *
   * @param serverProvider the id of the provider that carries the servers
   * @param clientProvider the id of the provider that carries the clients
   */
  protected PairingConformance(String serverProvider, String clientProvider) {
    super(serverProvider, clientProvider);
  }
}
