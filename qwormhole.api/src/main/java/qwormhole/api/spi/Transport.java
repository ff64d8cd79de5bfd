package qwormhole.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An opened provider: it owns loop threads, listeners and links. Methods may be called from any
 * thread. A link stays on its loop for life.
 */
public interface Transport extends AutoCloseable {

  /**
   * Listens on a numeric address; returns when connections are being accepted.
   *
   * @param address a resolved address; port 0 takes a free one, told by {@link Listener#address()}
   * @param options socket options for what is accepted
   * @param acceptor asked for a handler for each accepted link
   * @throws IOException when the address cannot be bound, for instance {@link
   *     java.net.BindException} when it is in use
   */
  Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
      throws IOException;

  /**
   * Begins to connect and returns at once. The outcome arrives at the handler on a loop thread:
   * {@link LinkHandler#onOpen}, or {@link LinkHandler#onClosed} with the cause. The core bounds the
   * time by {@link PendingConnect#cancel()}. Only when the transport has ended, and there is no loop
   * thread any more, is {@link LinkHandler#onClosed} called by the calling thread.
   *
   * @param remote a resolved address
   */
  PendingConnect connect(InetSocketAddress remote, SocketOptions options, LinkHandler handler);

  /**
   * Closes listeners and links, ends the loop threads and waits for them. What links still hold is
   * not written: the core has drained them before. Idempotent; safe from a loop thread, which does
   * not wait for itself.
   *
   * @param grace how long to wait for the threads to end
   */
  void close(Duration grace);

  /** Closes with a grace of two seconds. */
  @Override
  default void close() {
    close(Duration.ofSeconds(2));
  }

  /** A connect under way. */
  interface PendingConnect {
    /**
     * Gives up: the handler gets {@code onClosed} with a cause, unless it has already been opened.
     * Idempotent.
     */
    void cancel();
  }
}
