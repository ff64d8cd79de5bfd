package qwormhole.api.internal.session.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * One end of a connection that takes and gives any number of bytes at a time. What it tells its
 * handler it tells on its loop, never from within a call.
 */
final class SimulatedLink implements Link {
  private static final InetSocketAddress HERE = Network.ADDRESS;

  private static final long GIVE_UP_NANOS = 20_000_000_000L;

  private final SimulatedLoop loop;
  private final World world;
  private final LinkHandler handler;
  private final Pipe in;
  private final Pipe out;
  private SimulatedLink peer;
  private boolean opened;
  private boolean ended;
  private boolean paused;
  private boolean lastRead; // another thread has paused, and the loop does not know it yet
  private boolean wantsWritable;
  private boolean reading;
  private IOException failure;

  /** The first bytes that were written, for those who would say them again. */
  final ByteArrayOutputStream said = new ByteArrayOutputStream();

  SimulatedLink(SimulatedLoop loop, LinkHandler handler, Pipe in, Pipe out) {
    this.loop = loop;
    this.world = loop.world();
    this.handler = handler;
    this.in = in;
    this.out = out;
  }

  static void pair(SimulatedLink one, SimulatedLink other) {
    one.peer = other;
    other.peer = one;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isOf(SimulatedLoop its) {
    return loop == its;
  }

  boolean isOpen() {
    return opened && !ended;
  }

  void open() {
    if (!ended) {
      opened = true;
      loop.run(() -> handler.onOpen(this));
      read();
    }
  }

  // writing

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    if (ended || failure != null) {
      throw failure != null ? failure : new IOException("the link has ended");
    }
    int room = world.chance(20) ? world.random.nextInt(out.room() + 1) : out.room();
    room = world.chance(5) ? 0 : room;
    int taken = 0;
    for (int i = offset; i < offset + count && room > 0; i++) {
      int piece = Math.min(room, buffers[i].remaining());
      listen(buffers[i], piece);
      put(buffers[i], piece);
      room -= piece;
      taken += piece;
    }
    peer.read();
    return taken;
  }

  private void listen(ByteBuffer from, int count) {
    for (int i = 0; i < count && said.size() < 2048; i++) {
      said.write(from.get(from.position() + i));
    }
  }

  private void put(ByteBuffer from, int count) {
    if (peer.ended && !out.isDead()) {
      from.position(from.position() + count); // nobody reads it
      if (world.chance(50)) {
        world.soon(() -> fail(new IOException("reset by peer")));
      }
    } else {
      out.put(from, count);
      if (out.isDead()) {
        giveUpLater();
      }
    }
  }

  /** Nobody confirms what was sent: TCP tries for a long time, and then tells. */
  private void giveUpLater() {
    world.after(GIVE_UP_NANOS, () -> fail(new IOException("connection timed out")));
  }

  @Override
  public void wantWritable() {
    wantsWritable = true;
    drained();
  }

  private void drained() {
    if (wantsWritable && out.room() > 0) {
      world.soon(this::writable);
    }
  }

  private void writable() {
    if (wantsWritable && isOpen()) {
      wantsWritable = false;
      loop.run(handler::onWritable);
    }
  }

  // reading

  private void read() {
    if (!reading) {
      reading = true;
      world.soon(this::readNow);
    }
  }

  private void readNow() {
    reading = false;
    if (!isOpen() || (paused && !lastRead)) {
      return;
    }
    lastRead = false;
    if (in.size() > 0 && !(in.isDead() && world.chance(30))) {
      ByteBuffer bytes = loop.reading();
      in.take(bytes, portion(Math.min(in.size(), bytes.capacity())));
      loop.run(() -> handler.onBytes(bytes.flip()));
      peer.drained();
      read();
    } else if (in.broken != null) {
      end(in.broken);
    } else if (in.finished && in.size() == 0) {
      end(null);
    }
  }

  private int portion(int most) {
    return switch (world.random.nextInt(8)) {
      case 0 -> 1;
      case 1 -> 1 + world.random.nextInt(Math.min(most, 16));
      case 2, 3 -> 1 + world.random.nextInt(most);
      default -> most;
    };
  }

  @Override
  public void pauseReads() {
    lastRead = !loop.isRunning() && world.chance(50);
    paused = true;
  }

  @Override
  public void resumeReads() {
    paused = false;
    read();
  }

  // the end

  @Override
  public void close() {
    loop.execute(() -> leave(null));
  }

  /** Ends in order, as far as this side is concerned. */
  void leave(Throwable cause) {
    if (!ended) {
      out.finished = !out.isDead();
      if (peer != null) {
        peer.read();
      }
      end(cause);
    }
  }

  @Override
  public void abort() {
    loop.execute(
        () -> {
          if (!ended) {
            reset();
            end(null);
          }
        });
  }

  /** The peer gets some of what is on its way, and then that the link is broken. */
  private void reset() {
    if (!out.isDead()) {
      out.cut(world.random.nextInt(out.size() + 1));
      out.broken = new IOException("reset by peer");
      peer.read();
    }
  }

  /** The link is gone, and this end knows it at once. */
  void lose() {
    end(new IOException("no carrier"));
  }

  /** The network breaks in both directions; each end finds out by itself, or does not. */
  void cut() {
    for (SimulatedLink link : new SimulatedLink[] {this, peer}) {
      link.out.cut(world.random.nextInt(link.out.size() + 1));
      if (link.out.room() < link.out.capacity()) {
        link.giveUpLater();
      }
      if (world.chance(90)) {
        long delay = world.random.nextInt(world.chance(80) ? 3_000_000 : 1_500_000_000);
        world.after(delay, () -> link.fail(new IOException("no route to host")));
      }
    }
  }

  private void fail(IOException cause) {
    if (!ended && failure == null) {
      failure = cause;
      world.soon(() -> end(cause));
    }
  }

  /** Ends and tells so; what is still on its way here is lost. */
  private void end(Throwable cause) {
    if (!ended) {
      ended = true;
      if (peer != null && !in.isDead()) {
        in.clear(); // what comes from now on is read by nobody as well
        peer.drained();
      }
      loop.run(() -> handler.onClosed(cause));
    }
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean inLoop() {
    return loop.isRunning();
  }

  @Override
  public InetSocketAddress localAddress() {
    return HERE;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return HERE;
  }

  @Override
  public String toString() {
    return "link with "
        + in.size()
        + " bytes to read, room for "
        + out.room()
        + (in.isDead() ? ", cut" : "")
        + (paused ? ", paused" : "")
        + (wantsWritable ? ", wants to write" : "")
        + (ended ? ", ended" : "");
  }
}
