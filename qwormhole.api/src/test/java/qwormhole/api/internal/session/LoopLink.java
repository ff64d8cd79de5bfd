package qwormhole.api.internal.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import qwormhole.api.spi.Link;

/** A link with a loop thread of its own and a socket that takes random amounts, or nothing. */
final class LoopLink implements Link, AutoCloseable {
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final AtomicBoolean inUse = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final Random random; // of the one who writes
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream(); // likewise
  private final Thread loop = new Thread(this::run, "loop");
  private boolean ended; // the loop's own
  private volatile int failAfterBytes = Integer.MAX_VALUE;

  /** Two writers at once, a link asked twice for the same, what tasks threw. */
  final AtomicInteger defects = new AtomicInteger();

  volatile Runnable onWritable;

  LoopLink(long seed) {
    random = new Random(seed);
    loop.setDaemon(true);
    loop.start();
  }

  private void run() {
    try {
      while (!ended) {
        tasks.take().run();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      defects.incrementAndGet();
      throw new IllegalStateException(e);
    }
  }

  /** From so many bytes on every write fails. */
  void failAfter(int bytes) {
    failAfterBytes = bytes;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    if (!inUse.compareAndSet(false, true)) {
      defects.incrementAndGet();
    }
    try {
      if (wire.size() >= failAfterBytes) {
        throw new IOException("reset");
      }
      int room = roomNow();
      int taken = 0;
      for (int i = offset; i < offset + count && room > 0; i++) {
        byte[] bytes = new byte[Math.min(room, buffers[i].remaining())];
        buffers[i].get(bytes);
        wire.writeBytes(bytes);
        room -= bytes.length;
        taken += bytes.length;
      }
      return taken;
    } finally {
      inUse.set(false);
    }
  }

  private int roomNow() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextInt(100);
      case 2 -> random.nextInt(100_000);
      default -> Integer.MAX_VALUE;
    };
  }

  /** What the peer has; when nobody writes any more. */
  byte[] written() {
    return wire.toByteArray();
  }

  @Override
  public void wantWritable() {
    if (wanted.getAndSet(true)) {
      defects.incrementAndGet();
    }
    tasks.add(
        () -> {
          wanted.set(false);
          onWritable.run();
        });
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread().equals(loop);
  }

  @Override
  public void pauseReads() {}

  @Override
  public void resumeReads() {}

  @Override
  public void close() {
    tasks.add(() -> ended = true);
  }

  @Override
  public void abort() {}

  @Override
  public InetSocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("local", 1);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("remote", 2);
  }

  void awaitEnd() throws InterruptedException {
    close();
    loop.join();
  }
}
