package qwormhole.api.internal.watch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/**
 * A provider's transport, each loop of which is watched. When one hangs, the transport has failed: the
 * loop is given up, and a {@link Rescue} ends its links. Any thread.
 */
public final class WatchedTransport implements Transport {
  private static final long END_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Transport transport;
  private final List<WatchedLoop> loops;
  private final Consumer<Throwable> onFailure;
  private final ThreadFactory rescuers;

  /** Links that are accepted or asked for, and on no loop yet; who takes one out tells its fate. */
  private final Set<WatchedLink> unopened = ConcurrentHashMap.newKeySet();

  /** Links whose writes take nothing although their sockets are writable. */
  private final Map<WatchedLink, WriteWatch.Refusal> refusing = new ConcurrentHashMap<>();

  private final SenderWrites senders = new SenderWrites();
  private final List<Thread> rescues = new CopyOnWriteArrayList<>();
  private volatile IOException failure;

  /**
   * Watches a transport.
   *
   * @param onFailure told when a loop is given up, with the cause
   * @param rescuers makes the threads that then end its links
   */
  public WatchedTransport(
      Transport transport, Consumer<Throwable> onFailure, ThreadFactory rescuers) {
    this.transport = transport;
    this.loops = transport.loops().stream().map(WatchedLoop::new).toList();
    this.onFailure = onFailure;
    this.rescuers = rescuers;
  }

  // the transport

  @Override
  public Listener listen(InetSocketAddress address, SocketOptions options, Acceptor acceptor)
      throws IOException {
    if (failure != null) {
      throw new IOException("the transport has failed", failure);
    }
    return transport.listen(address, options, remote -> enter(() -> accept(acceptor, remote)));
  }

  private LinkHandler accept(Acceptor acceptor, InetSocketAddress remote) {
    LinkHandler handler = acceptor.accept(remote);
    return handler == null ? null : begin(handler);
  }

  @Override
  public PendingConnect connect(
      InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    WatchedLink link = begin(handler);
    return link == null ? () -> {} : transport.connect(remote, options, link);
  }

  /** A link to be; null when the transport has failed, which the handler was told. */
  private WatchedLink begin(LinkHandler handler) {
    WatchedLink link = new WatchedLink(this, handler);
    unopened.add(link);
    IOException failed = failure;
    if (failed == null) {
      return link;
    }
    link.endUnopened(failed);
    return null;
  }

  @Override
  public List<Loop> loops() {
    return transport.loops();
  }

  /** As the provider does; what its loops leave unsaid within the grace is then said without them. */
  @Override
  public void close(Duration grace) {
    transport.close(grace);
    if (currentLoop() != null) {
      return; // a loop does not wait for itself, and ends when this returns
    }
    for (WatchedLoop loop : loops) {
      if (loop.thread().isAlive() && loop.abandon()) {
        rescue(loop, new IOException("the loop " + loop.thread().getName() + " did not end"));
      }
      if (loop.isAbandoned() || !loop.thread().isAlive()) {
        loop.end();
      }
    }
    awaitRescues();
  }

  private void awaitRescues() {
    long deadline = System.nanoTime() + END_NANOS;
    try {
      for (Thread rescue : rescues) {
        long left = deadline - System.nanoTime();
        if (left > 0 && rescue != Thread.currentThread()) {
          TimeUnit.NANOSECONDS.timedJoin(rescue, left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // a loop that hangs

  String providerPackage() {
    return transport.getClass().getPackageName();
  }

  List<WatchedLoop> watched() {
    return loops;
  }

  /** A loop was given up, and with it the transport. */
  void failed(WatchedLoop loop, IOException cause) {
    try {
      rescue(loop, cause);
    } finally {
      onFailure.accept(cause);
    }
  }

  /** The transport has failed, and none of its loops was given up for that. */
  void failed(IOException cause) {
    failure = cause;
    onFailure.accept(cause);
  }

  boolean hasFailed() {
    return failure != null;
  }

  private void rescue(WatchedLoop loop, IOException cause) {
    failure = cause; // from here on nothing begins
    Thread thread = rescuers.newThread(new Rescue(loop, unopened, cause));
    rescues.add(thread);
    thread.start();
  }

  // what links say of their writes

  SenderWrites senders() {
    return senders;
  }

  /** A write threw what is no connection's error, which ends the transport, and not only the link. */
  void writeThrew(Throwable thrown) {
    if (!(thrown instanceof VirtualMachineError) && !hasFailed()) {
      failed(new IOException("a write threw " + thrown, thrown));
    }
  }

  /** Writes of a link take nothing, again and again, although its socket is said to be writable. */
  void refuses(WatchedLink link) {
    refusing.put(link, new WriteWatch.Refusal());
  }

  /** One of them took something, or the link has ended. */
  void takes(WatchedLink link) {
    refusing.remove(link);
  }

  Map<WatchedLink, WriteWatch.Refusal> refusing() {
    return refusing;
  }

  /** How many links are open. */
  int openLinks() {
    return loops.stream().mapToInt(WatchedLoop::open).sum();
  }

  // what links need

  /** Whether the caller is the one to tell what becomes of a link that has not opened. */
  boolean claim(WatchedLink link) {
    return unopened.remove(link);
  }

  /** Why a link ended that says nothing of it: perhaps for the sake of a loop that hangs. */
  Throwable causeOr(Throwable told) {
    return told == null ? failure : told;
  }

  /** The loop whose thread is the calling one, or null. */
  WatchedLoop currentLoop() {
    Thread current = Thread.currentThread();
    for (WatchedLoop loop : loops) {
      if (loop.thread() == current) {
        return loop;
      }
    }
    return null;
  }

  /**
   * Runs an event of no open link: on a loop, or on another thread where the transport has ended.
   * Null when the loop was given up.
   */
  <T> T enter(Supplier<T> event) {
    WatchedLoop here = currentLoop();
    if (here == null) {
      return event.get();
    }
    if (!here.enter()) {
      return null;
    }
    try {
      return event.get();
    } finally {
      here.leave();
    }
  }
}
