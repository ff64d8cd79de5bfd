package qwormhole.api.internal.watch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * Stands between a provider's link and the core's handler, as each to the other: says when a loop is
 * inside the core, and lets nothing in from a loop that was given up.
 */
final class WatchedLink implements Link, LinkHandler {
  private final WatchedTransport transport;
  private final LinkHandler handler;

  // Set when the link opens, before the core knows it.
  private WatchedLoop loop;
  private Link link;

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
    handler.onClosed(cause);
  }

  // to the provider

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    return link.write(buffers, offset, count);
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
    link.close();
  }

  @Override
  public void abort() {
    link.abort();
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
