package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * A handler that keeps what it is told and checks the rules that hold for every handler. Tests
 * override the methods without {@code on}.
 */
class Recorder implements LinkHandler {

  private final CompletableFuture<Link> opened = new CompletableFuture<>();
  private final CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final AtomicInteger writables = new AtomicInteger();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private volatile Thread loop;

  void open(Link link) {}

  void bytes(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.writeBytes(copy);
  }

  void writable() {}

  void closed(Throwable cause) {}

  @Override
  public final void onOpen(Link link) {
    check("onOpen", !opened.isDone());
    if (!link.inLoop()) {
      broken.add("onOpen outside of the loop");
    }
    opened.complete(link);
    open(link);
  }

  @Override
  public final void onBytes(ByteBuffer bytes) {
    check("onBytes", opened.isDone());
    if (!bytes.hasRemaining() || bytes.order() != ByteOrder.BIG_ENDIAN) {
      broken.add("onBytes with " + bytes + " " + bytes.order());
    }
    bytes(bytes);
  }

  @Override
  public final void onWritable() {
    check("onWritable", opened.isDone());
    writables.incrementAndGet();
    writable();
  }

  @Override
  public final void onClosed(Throwable cause) {
    check("onClosed(" + cause + ")", true);
    closed.complete(Optional.ofNullable(cause));
    closed(cause);
  }

  private void check(String event, boolean inOrder) {
    if (!inOrder || closed.isDone()) {
      broken.add(event + (closed.isDone() ? " after onClosed" : " out of order"));
    }
    Thread now = Thread.currentThread();
    if (loop == null) {
      loop = now;
    } else if (loop != now) {
      broken.add(event + " on " + now + " instead of " + loop);
    }
  }

  final Link link() {
    return Patience.await("onOpen", opened);
  }

  final boolean isOpened() {
    return opened.isDone();
  }

  final boolean isClosed() {
    return closed.isDone();
  }

  /** Waits for the end; empty for an orderly one. */
  final Optional<Throwable> end() {
    return Patience.await("onClosed", closed);
  }

  final Thread loop() {
    return loop;
  }

  final int writables() {
    return writables.get();
  }

  final byte[] received() {
    return received.toByteArray();
  }

  final void awaitReceived(int count) {
    Patience.await("bytes to arrive").until(() -> received.size() >= count);
  }

  /** Waits until the loop has run what was submitted to it before. */
  final void settle() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    link().execute(() -> ran.complete(null));
    Patience.await("a task to run", ran);
  }

  /** Writes all, from the calling thread, to a peer that reads. */
  final void send(byte[] bytes) throws IOException {
    ByteBuffer[] buffers = {ByteBuffer.wrap(bytes)};
    long start = System.nanoTime();
    while (buffers[0].hasRemaining()) {
      if (link().write(buffers, 0, 1) == 0) {
        assertThat(System.nanoTime() - start)
            .as("time to write")
            .isLessThan(Patience.LONG.toNanos());
        Thread.onSpinWait();
      }
    }
  }

  /** To be called when the transport has ended: then every handler has been told. */
  final void assertRulesKept() {
    assertThat(broken).as("rules that every handler is promised").isEmpty();
    assertThat(closed).as("onClosed of %s", this).isDone();
  }
}
