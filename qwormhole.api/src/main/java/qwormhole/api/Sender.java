package qwormhole.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Where messages are sent: a server's connection, or a client. All methods may be called from any
 * thread, also inside handlers. Messages of one priority arrive in the order in which they were
 * accepted. Lower numbers go first; the default is 0; a message that is already on its way to the
 * kernel is not overtaken.
 *
 * <p>An idle connection is written by the sending thread itself, before {@code send} returns. Sends
 * that follow each other within microseconds gather and leave in few system calls.
 *
 * @param <M> the message type of the endpoint's codec
 */
public interface Sender<M> {

  /** The priority of messages that do not name one. */
  int DEFAULT_PRIORITY = 0;

  /** Sends if there is room; never waits. */
  default SendResult trySend(M message) {
    return trySend(message, DEFAULT_PRIORITY);
  }

  /** Sends at a priority if there is room; never waits. */
  SendResult trySend(M message, int priority);

  /**
   * Sends, and throws where {@link #trySend} would refuse; never waits.
   *
   * @throws qwormhole.api.error.QWormholeException with E_BACKPRESSURE, E_NOT_CONNECTED, E_CLOSED,
   *     E_FRAME_TOO_LARGE or E_CODEC
   */
  void send(M message);

  /**
   * Sends, waiting for room. A caller that can wait is held once 192 KiB are queued, well before the
   * limit: a short queue is fast. On a loop thread (inside a handler without an executor) it does not
   * wait, since the loop is what makes room.
   *
   * @param timeout how long to wait at most; zero does not wait
   * @return {@link SendResult#BACK_PRESSURED} when there was no room in time, or when the thread was
   *     interrupted (its interrupt status stays set); nothing is queued then
   */
  default SendResult send(M message, Duration timeout) {
    return send(message, DEFAULT_PRIORITY, timeout);
  }

  /** Sends at a priority, waiting for room. See {@link #send(Object, Duration)}. */
  SendResult send(M message, int priority, Duration timeout);

  /**
   * Sends if there is room; the future completes when the bytes are with the kernel, on the thread
   * that wrote them. It fails with E_BACKPRESSURE, E_NOT_CONNECTED, E_CLOSED or E_FRAME_TOO_LARGE when
   * refused, and with E_CONNECTION_LOST when the connection ended first: the message's fate is then
   * unknown.
   */
  CompletableFuture<Void> sendAsync(M message);

  /**
   * Opens a scope for many messages and one flush. Its messages are encoded without a lock into
   * memory of their own, which goes out whenever 64 KiB have gathered and when the scope closes.
   *
   * @return a scope for one thread, to be closed by it, soon
   */
  Batch<M> batch();
}
