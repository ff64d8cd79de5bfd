package qwormhole.bench.process;

/**
 * A transport is killed under load.
 *
 * @param server what the server begins with, a provider's id
 * @param client what the clients begin with
 * @param killsServer whether the server's transport is killed, or the clients'
 * @param clients how many
 * @param depth echoes that each keeps outstanding
 * @param size payload bytes of a message
 * @param resume whether sessions can be resumed: then no message's fate may become unknown
 */
public record FallbackSpec(
    String server,
    String client,
    boolean killsServer,
    int clients,
    int depth,
    int size,
    boolean resume) {

  /** The pairing before, as users write it. */
  public String mode() {
    return server + ":" + client;
  }

  /** Whose transport is killed: {@code server} or {@code client}. */
  public String killed() {
    return killsServer ? "server" : "client";
  }
}
