package qwormhole.api;

import java.time.Duration;
import qwormhole.api.error.QWormholeException;

/**
 * A client's events, one at a time and in order, on its loop thread or, where a handler executor is
 * set, on that. Handlers must not block a loop. What they throw goes to {@link #onError}.
 *
 * @param <M> the message type
 */
public interface ClientListener<M> extends MessageHandler<M> {

  /**
   * The transport is connected and the handshake is on its way; messages can be sent. Where options
   * demand something of the server, or ask for checksums, its answer is waited for first.
   */
  default void onConnected(Connection<M> connection) {}

  /** The handshake is through. */
  default void onReady(Connection<M> connection) {}

  @Override
  default void onMessage(Connection<M> connection, M message) {}

  /** A send was refused: the outbound buffer is full. Once until it drains. */
  default void onBackpressure(Connection<M> connection) {}

  /** After backpressure: the outbound buffer is below half of its limit. Once. */
  default void onDrain(Connection<M> connection) {}

  /**
   * The link of a resumable session is lost ({@code why}): what is sent meanwhile waits, up to {@code
   * replayBytes}. {@link #onResumed} or {@link #onClosed} follows.
   */
  default void onSuspended(Connection<M> connection, CloseReason why) {}

  /** A resumable session goes on over another link, where it was; nothing is lost or doubled. */
  default void onResumed(Connection<M> connection) {}

  /**
   * A resumable session is lost: the server does not know it any more, or the client gave up. {@link
   * #onClosed} of the connection follows.
   */
  default void onSessionLost(Connection<M> connection, SessionLoss<M> loss) {}

  /** The connection has ended; {@link #onReconnecting} or {@link #onClientClosed} follows. */
  default void onClosed(Connection<M> connection, CloseReason reason) {}

  /**
   * The client will try again.
   *
   * @param attempt 1 for the first retry since the client was last ready
   * @param delay how long it waits before it does
   */
  default void onReconnecting(int attempt, Duration delay) {}

  /** Something failed; what happens next is told by the other events. */
  default void onError(QWormholeException error) {}

  /**
   * The transport had died, which {@link #onError} told with E_PROVIDER_FAILED, and another provider
   * has taken over: the client reconnects as its policy says.
   *
   * @param report what carries the bytes now, and why not the others
   */
  default void onFailover(ProviderReport report) {}

  /** The client has closed for good; nothing follows. */
  default void onClientClosed(CloseReason reason) {}

  /** A listener for messages alone: {@code ClientListener.of((peer, text) -> use(text))}. */
  static <M> ClientListener<M> of(MessageHandler<M> handler) {
    return new ClientListener<>() {
      @Override
      public void onMessage(Connection<M> connection, M message) {
        handler.onMessage(connection, message);
      }
    };
  }
}
