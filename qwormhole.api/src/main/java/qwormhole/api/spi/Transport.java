package qwormhole.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

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
   * @throws java.net.BindException when the address itself is in use, not permitted or not local, with
   *     the reason alone: the application is told at once, with the address
   * @throws IOException when the transport cannot listen; the next candidate is tried, as it is for
   *     any exception that is not checked
   */
  Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
      throws IOException;

  /**
   * Begins to connect and returns at once. The outcome arrives at the handler on a loop thread:
   * {@link LinkHandler#onOpen}, or {@link LinkHandler#onClosed} with the cause, whose message is told to
   * the application and therefore names the address. The core bounds the
   * time by {@link PendingConnect#cancel()}. Only when the transport has ended, and there is no loop
   * thread any more, is {@link LinkHandler#onClosed} called by the calling thread. It throws nothing:
   * a transport that does is given up, and the next candidate is tried.
   *
   * @param remote a resolved address
   */
  PendingConnect connect(InetSocketAddress remote, SocketOptions options, LinkHandler handler);

  /**
   * The loop threads, from {@link TransportProvider#open} on: all threads that call the core, and
   * always the same. The core has each run a task now and then. One that does not, although it is in
   * no handler, hangs: the transport has failed then, its links are ended by the core, and what that
   * thread does when it wakes is not listened to any more.
   *
   * @return empty, as unless overridden, when the threads are not to be watched
   */
  default List<Loop> loops() {
    return List.of();
  }

  /**
   * Closes listeners and links, ends the loop threads and waits for them. What links still hold is
   * not written: the core has drained them before. Idempotent; safe from a loop thread, which does
   * not wait for itself. A thread that hangs is not waited for beyond the grace; it ends, and closes
   * its sockets, when it wakes.
   *
   * @param grace how long to wait for the threads to end
   */
  void close(Duration grace);

  /** Closes with a grace of two seconds. */
  @Override
  default void close() {
    close(Duration.ofSeconds(2));
  }

  /**
   * One loop thread.
   *
   * @param thread the thread
   * @param executor runs a task on it soon, as {@link Link#execute} does
   */
  record Loop(Thread thread, Executor executor) {}

  /** A connect under way. */
  interface PendingConnect {
    /**
     * Gives up: the handler gets {@code onClosed} with a cause, unless it has already been opened.
     * Idempotent.
     */
    void cancel();
  }
}
