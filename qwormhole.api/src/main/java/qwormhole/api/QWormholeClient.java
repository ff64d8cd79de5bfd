package qwormhole.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client of one server. It stays the same object while connections come and go beneath it. All
 * methods may be called from any thread.
 *
 * <p>Sending is possible from {@code onConnected} on. A message accepted on a connection that then
 * breaks has an unknown fate: {@link #sendAsync} tells.
 *
 * @param <M> the message type of the client's codec
 */
public interface QWormholeClient<M> extends Sender<M>, AutoCloseable {

  /** Where a client stands. */
  enum State {
    /** Not asked to connect yet. */
    IDLE,
    /** Connecting, or waiting for the server's answer to the handshake. */
    CONNECTING,
    /** Connected and through the handshake. */
    READY,
    /** Waiting to try again. */
    RECONNECTING,
    /** Closed for good. */
    CLOSED
  }

  /**
   * Connects, retrying as the reconnect policy says. The future completes when the handshake is
   * through: the server answered it, or sent something else (a peer that does not negotiate), or stayed
   * silent for {@code answerTimeout}. It fails when the client gives up. Asked again, it returns the
   * same future.
   */
  CompletableFuture<Connection<M>> connect();

  /** Where the client stands. */
  State state();

  /** The present connection. */
  Optional<Connection<M>> connection();

  /** What carries the bytes: {@code java}, {@code native-lws}, ... */
  String mode();

  /** Which providers were tried, and what became of each. */
  ProviderReport report();

  /** How many times the client has begun to reconnect. */
  long reconnects();

  /** Counters as of now. */
  ClientStatistics statistics();

  /** Closes with a grace of two seconds. */
  @Override
  default void close() {
    close(Duration.ofSeconds(2));
  }

  /**
   * Writes what was accepted, closes the connection, ends the threads. Returns when done. Idempotent.
   * Inside a handler it starts the close and returns.
   *
   * @param grace how long to wait for the peer to take what was accepted
   */
  void close(Duration grace);

  /** Completes when the client has closed; exceptionally when it gave up. */
  CompletableFuture<Void> closed();
}
