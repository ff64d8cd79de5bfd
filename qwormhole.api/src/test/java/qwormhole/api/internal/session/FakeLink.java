package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import qwormhole.api.spi.Link;

/** A link whose socket takes what the test lets it take, and whose loop runs when the test says. */
final class FakeLink implements Link {
  /** What was written, as the peer would see it. */
  final Wire wire = new Wire();

  /** How many bytes each call of write took. */
  final List<Integer> writes = new ArrayList<>();

  /** The thread of each call of write. */
  final List<Thread> writers = new ArrayList<>();

  /** What the caller passed last: to see whether a payload is written from where it lies. */
  final List<ByteBuffer> lastBuffers = new ArrayList<>();

  /** Asked for, in order: wantWritable, pauseReads, resumeReads, close, abort. */
  final List<String> asked = new ArrayList<>();

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final AtomicBoolean inUse = new AtomicBoolean();
  private Thread loop;

  /** What the socket still takes; it is full at 0. */
  int room = Integer.MAX_VALUE;

  /** Runs within write, before a byte is taken. */
  Runnable onWrite = () -> {};

  IOException failure;
  RuntimeException defect;
  RuntimeException executeDefect;

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    assertThat(inUse.compareAndSet(false, true)).as("one writer at a time").isTrue();
    try {
      lastBuffers.clear();
      lastBuffers.addAll(Arrays.asList(buffers).subList(offset, offset + count));
      onWrite.run();
      if (failure != null) {
        throw failure;
      }
      if (defect != null) {
        throw defect;
      }
      int taken = 0;
      for (int i = offset; i < offset + count && room > 0; i++) {
        byte[] bytes = new byte[Math.min(room, buffers[i].remaining())];
        buffers[i].get(bytes);
        wire.writeBytes(bytes);
        taken += bytes.length;
        room -= room == Integer.MAX_VALUE ? 0 : bytes.length;
      }
      writes.add(taken);
      writers.add(Thread.currentThread());
      return taken;
    } finally {
      inUse.set(false);
    }
  }

  @Override
  public void wantWritable() {
    asked.add("wantWritable");
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (executeDefect != null) {
      throw executeDefect;
    }
    tasks.add(task);
  }

  /** How many tasks wait for the loop. */
  synchronized int tasks() {
    return tasks.size();
  }

  private synchronized Runnable nextTask() {
    return tasks.poll();
  }

  /** Runs tasks as the loop does, until none is left. */
  void runTasks() {
    asLoop(
        () -> {
          for (Runnable task = nextTask(); task != null; task = nextTask()) {
            task.run();
          }
        });
  }

  /** Runs something as the loop thread. */
  void asLoop(Runnable action) {
    loop = Thread.currentThread();
    try {
      action.run();
    } finally {
      loop = null;
    }
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread().equals(loop);
  }

  @Override
  public void pauseReads() {
    asked.add("pauseReads");
  }

  @Override
  public void resumeReads() {
    asked.add("resumeReads");
  }

  @Override
  public void close() {
    asked.add("close");
  }

  @Override
  public void abort() {
    asked.add("abort");
  }

  @Override
  public InetSocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("local", 1);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("remote", 2);
  }

  /** Bytes on the way to a peer. */
  static final class Wire extends ByteArrayOutputStream {
    /** The payloads of the whole frames so far, as text, one character a byte. */
    List<String> frames() {
      List<String> frames = new ArrayList<>();
      ByteBuffer bytes = ByteBuffer.wrap(toByteArray());
      while (bytes.remaining() >= 4
          && (bytes.getInt(bytes.position()) & ~0x8000_0000) + 4 <= bytes.remaining()) {
        int word = bytes.getInt();
        byte[] payload = new byte[word & ~0x8000_0000];
        bytes.get(payload);
        frames.add((word < 0 ? "control " : "") + Payloads.text(payload));
      }
      return frames;
    }
  }
}
