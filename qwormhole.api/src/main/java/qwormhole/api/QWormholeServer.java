package qwormhole.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A listening server. All methods may be called from any thread.
 *
 * @param <M> the message type of the server's codec
 */
public interface QWormholeServer<M> extends AutoCloseable {

  /** The bound address with its real port. */
  InetSocketAddress address();

  /** The bound port. */
  default int port() {
    return address().getPort();
  }

  /** What carries the bytes: {@code java}, {@code native-lws}, {@code native-libsocket}, ... */
  String mode();

  /** Which providers were tried, and what became of each. */
  ProviderReport report();

  /** The connections whose handshake was accepted, as of now. */
  Collection<Connection<M>> connections();

  /** A connection by its id. */
  Optional<Connection<M>> connection(long id);

  /** How many connections have an accepted handshake. */
  int connectionCount();

  /** Encodes a message once and sends it to every connection; never waits. */
  BroadcastResult broadcast(M message);

  /** What became of a broadcast. */
  record BroadcastResult(int sent, int refused) {}

  /** Counters as of now. */
  ServerStatistics statistics();

  /** Closes with a grace of five seconds. */
  @Override
  default void close() {
    close(Duration.ofSeconds(5));
  }

  /**
   * Stops accepting, tells peers that the server drains, writes what was accepted for sending, closes
   * the connections and ends the threads. Returns when done. Idempotent. Inside a handler it starts
   * the close and returns.
   *
   * @param grace how long to wait for slow readers; what they have not taken by then is lost
   */
  void close(Duration grace);

  /** Completes when the server has closed; exceptionally when it had to stop by itself. */
  CompletableFuture<Void> closed();
}
