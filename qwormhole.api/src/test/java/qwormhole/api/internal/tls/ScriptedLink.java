package qwormhole.api.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import qwormhole.api.spi.Link;

/** A link below TLS, whose socket takes what the test lets it take. */
final class ScriptedLink implements Link {
  /** Asked for, in order: wantWritable, pauseReads, resumeReads, close, abort. */
  final List<String> asked = new ArrayList<>();

  /** What the socket still takes; it is full at 0. */
  int room = Integer.MAX_VALUE;

  IOException failure;

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int taken = 0;
    for (int i = offset; i < offset + count && room > 0; i++) {
      byte[] bytes = new byte[Math.min(room, buffers[i].remaining())];
      buffers[i].get(bytes);
      wire.writeBytes(bytes);
      taken += bytes.length;
      room -= room == Integer.MAX_VALUE ? 0 : bytes.length;
    }
    return taken;
  }

  /** What was written since this was last asked. */
  byte[] takeWritten() {
    byte[] written = wire.toByteArray();
    wire.reset();
    return written;
  }

  /** How many times something was asked for. */
  long count(String what) {
    return asked.stream().filter(what::equals).count();
  }

  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public void wantWritable() {
    asked.add("wantWritable");
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean inLoop() {
    return true;
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
}
