package qwormhole.api.internal.watch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * Stands between a provider's link and the core's handler, as each to the other: says when a loop is
 * inside the core, and lets nothing in from a loop that was given up.
 */
final class WatchedLink implements Link, LinkHandler {
  /** Writes that take nothing from a writable socket, after which it is looked at. */
  private static final int MANY_REFUSALS = 16;

  private final WatchedTransport transport;
  private final LinkHandler handler;

  // Set when the link opens, before the core knows it.
  private WatchedLoop loop;
  private Link link;

  private boolean writable; // said since the last write
  private int
      refusals; // in a row: writes to a socket that was said to be writable, and took nothing

  // The loop's chain of open links.
  WatchedLink previous;
  WatchedLink next;

  WatchedLink(WatchedTransport transport, LinkHandler handler) {
    this.transport = transport;
    this.handler = handler;
  }

  // to the core

  @Override
  public void onOpen(Link opened) {
    WatchedLoop here = transport.currentLoop();
    if (here == null) {
      throw new IllegalStateException("a link opened on a thread that is no loop of its transport");
    }
    if (!here.enter()) {
      opened.abort();
      return;
    }
    try {
      if (transport.claim(this)) {
        loop = here;
        link = opened;
        here.add(this);
        handler.onOpen(this);
      } else {
        opened.abort(); // it was given up with a loop that hangs
      }
    } finally {
      here.leave();
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    WatchedLoop here = loop;
    if (here == null || !here.enter()) {
      return;
    }
    try {
      handler.onBytes(bytes);
    } finally {
      here.leave();
    }
  }

  @Override
  public void onWritable() {
    WatchedLoop here = loop;
    if (here == null || !here.enter()) {
      return;
    }
    try {
      writable = true;
      handler.onWritable();
    } finally {
      here.leave();
    }
  }

  @Override
  public void onClosed(Throwable cause) {
    WatchedLoop here = loop;
    if (here == null) {
      transport.enter(() -> endUnopened(cause));
    } else if (here.enter()) {
      try {
        here.remove(this);
        transport.takes(this);
        handler.onClosed(transport.causeOr(cause));
      } finally {
        here.leave();
      }
    }
  }

  /** Tells the end of a link that never opened, unless that was told. */
  boolean endUnopened(Throwable cause) {
    boolean mine = transport.claim(this);
    if (mine) {
      handler.onClosed(cause);
    }
    return mine;
  }

  // of a loop that was given up; on the thread that plays it

  /** Lets the peer see the end, whatever becomes of the loop. */
  void cut() {
    try {
      link.sever();
    } catch (RuntimeException | Error e) {
      Log.debug("a link of a loop that hangs could not be shut down", e);
    }
  }

  void end(Throwable cause) {
    loop.remove(this);
    transport.takes(this);
    handler.onClosed(cause);
  }

  // to the provider

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    boolean wasWritable = writable;
    writable = false;
    WatchedLoop here = WatchedThread.currentLoop();
    long taken =
        here != null && here.beginCall()
            ? writeOnLoop(here, buffers, offset, count)
            : writeAsSender(buffers, offset, count);
    if (taken > 0) {
      if (refusals != 0) {
        refusals = 0;
        transport.takes(this);
      }
    } else if (wasWritable && ++refusals == MANY_REFUSALS) {
      transport.refuses(this);
    }
    return taken;
  }

  private long writeOnLoop(WatchedLoop here, ByteBuffer[] buffers, int offset, int count)
      throws IOException {
    boolean ours = true;
    long taken;
    try {
      taken = link.write(buffers, offset, count);
    } catch (RuntimeException | Error e) {
      transport.writeThrew(e);
      throw e;
    } finally {
      ours = here.endCall();
    }
    if (!ours) {
      throw new IOException("the event loop was given up during this write");
    }
    return taken;
  }

  private long writeAsSender(ByteBuffer[] buffers, int offset, int count) throws IOException {
    int place = transport.senders().begin();
    try {
      return link.write(buffers, offset, count);
    } catch (RuntimeException | Error e) {
      transport.writeThrew(e);
      throw e;
    } finally {
      transport.senders().end(place);
    }
  }

  /** How many writes in a row took nothing from a writable socket; may be an old value. */
  int refusals() {
    return refusals;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean inLoop() {
    return loop.isCurrent();
  }

  @Override
  public void wantWritable() {
    link.wantWritable();
  }

  @Override
  public void pauseReads() {
    link.pauseReads();
  }

  @Override
  public void resumeReads() {
    link.resumeReads();
  }

  @Override
  public void close() {
    call(Link::close);
  }

  @Override
  public void abort() {
    call(Link::abort);
  }

  /** A call that may have to wait for a write of another thread. */
  private void call(Consumer<Link> action) {
    WatchedLoop here = WatchedThread.currentLoop();
    boolean onLoop = here != null && here.beginCall();
    try {
      action.accept(link);
    } finally {
      if (onLoop) {
        here.endCall();
      }
    }
  }

  @Override
  public void sever() {
    link.sever();
  }

  @Override
  public InetSocketAddress localAddress() {
    return link.localAddress();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return link.remoteAddress();
  }
}
