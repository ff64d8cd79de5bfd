package qwormhole.api;

import java.time.Duration;

/**
 * Many messages, one flush; see {@link Sender#batch()}. Used by one thread. What other threads send
 * meanwhile may go before or between.
 *
 * @param <M> the message type
 */
public interface Batch<M> extends AutoCloseable {

  /** Adds a message if there is room; never waits. A message that was accepted will be sent. */
  SendResult trySend(M message);

  /** Adds a message, waiting for room; see {@link Sender#send(Object, Duration)}. */
  SendResult send(M message, Duration timeout);

  /** Sends what has gathered. */
  void flush();

  /** Sends what has gathered and ends the scope. Idempotent. */
  @Override
  void close();
}
