package qwormhole.api;

import java.net.InetSocketAddress;
import qwormhole.api.error.QWormholeException;

/**
 * A server's events. Those of one connection come one at a time and in order, on its loop thread or,
 * where a handler executor is set, on that. Handlers must not block a loop. What they throw goes to
 * {@link #onError}.
 *
 * @param <M> the message type
 */
public interface ServerListener<M> extends MessageHandler<M> {

  /** The server accepts connections. Called by the thread that opens the server. */
  default void onListening(InetSocketAddress address) {}

  /** A peer's handshake was accepted; nothing of it was seen before. */
  default void onConnection(Connection<M> connection) {}

  @Override
  default void onMessage(Connection<M> connection, M message) {}

  /** A send to this connection was refused: its outbound buffer is full. Once until it drains. */
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

  /** A connection that had been announced has ended. Nothing of it follows. */
  default void onClosed(Connection<M> connection, CloseReason reason) {}

  /**
   * Something failed; the server goes on.
   *
   * @param connection the connection concerned, or null where none had been announced
   */
  default void onError(Connection<M> connection, QWormholeException error) {}

  /**
   * The transport had died, which {@link #onError} told with E_PROVIDER_FAILED, and another provider
   * has taken over: the server listens on its address again.
   *
   * @param report what carries the bytes now, and why not the others
   */
  default void onFailover(ProviderReport report) {}

  /** The server has closed; nothing follows. */
  default void onServerClosed() {}

  /** A listener for messages alone: {@code ServerListener.of((peer, text) -> peer.send(text))}. */
  static <M> ServerListener<M> of(MessageHandler<M> handler) {
    return new ServerListener<>() {
      @Override
      public void onMessage(Connection<M> connection, M message) {
        handler.onMessage(connection, message);
      }
    };
  }
}
