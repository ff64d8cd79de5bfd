package qwormhole.bench.fallback;

import java.nio.ByteBuffer;
import java.util.BitSet;
import qwormhole.api.ClientListener;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;

/**
 * A client that keeps some numbered messages on their way, through the loss of its connection, and an
 * account of them: each one accepted comes back once, or its connection's end is told. A session that is
 * resumed has no end.
 */
final class Survivor implements ClientListener<ByteBuffer> {
  private final int client;
  private final int depth;
  private final Pulse pulse;
  private final Runnable backAgain;
  private final ByteBuffer message;

  // Guarded by this: the loop changes with the transport.
  private final BitSet underWay = new BitSet();
  private Connection<ByteBuffer> connection;
  private int outstanding;
  private int next;
  private long echoed;
  private long unknown;
  private long strange;
  private boolean running;
  private boolean linked;
  private boolean lost;
  private long backAt;

  /** {@code backAgain} is told once, of the first echo after a loss. */
  Survivor(int client, int size, int depth, Pulse pulse, Runnable backAgain) {
    this.client = client;
    this.depth = depth;
    this.pulse = pulse;
    this.backAgain = backAgain;
    this.message = ByteBuffer.allocateDirect(size);
  }

  synchronized void start() {
    running = true;
    fill();
  }

  /** Sends no more; what is under way may come back. */
  synchronized void stop() {
    running = false;
  }

  synchronized boolean isIdle() {
    return outstanding == 0;
  }

  @Override
  public synchronized void onReady(Connection<ByteBuffer> ready) {
    connection = ready;
    pulse.connected();
    linked = true;
    fill();
  }

  @Override
  public synchronized void onMessage(Connection<ByteBuffer> from, ByteBuffer echo) {
    int number = Numbers.number(echo);
    if (Numbers.client(echo) != client || number < 0 || !underWay.get(number)) {
      strange++;
      return;
    }
    underWay.clear(number);
    outstanding--;
    echoed++;
    pulse.echo();
    if (lost && backAt == 0) {
      backAt = System.nanoTime();
      backAgain.run();
    }
    fill();
  }

  @Override
  public synchronized void onDrain(Connection<ByteBuffer> drained) {
    fill();
  }

  @Override
  public synchronized void onSuspended(Connection<ByteBuffer> suspended, CloseReason why) {
    pulse.disconnected();
    linked = false;
    lost = true;
  }

  @Override
  public synchronized void onResumed(Connection<ByteBuffer> resumed) {
    pulse.connected();
    linked = true;
    fill();
  }

  @Override
  public synchronized void onClosed(Connection<ByteBuffer> ended, CloseReason reason) {
    if (linked) {
      pulse.disconnected();
    }
    connection = null;
    linked = false;
    unknown += outstanding;
    outstanding = 0;
    underWay.clear();
    lost = true;
  }

  private void fill() {
    while (running && connection != null && outstanding < depth) {
      Numbers.write(message, client, next);
      // Before it is sent: its echo may be here before the send returns.
      underWay.set(next);
      if (connection.trySend(message) != SendResult.SENT) {
        underWay.clear(next);
        return; // onDrain or onClosed follows
      }
      outstanding++;
      next++;
    }
  }

  /** What became of its messages; {@code backAt} is 0 when it never came back. */
  synchronized Account account() {
    return new Account(
        next, echoed, unknown, outstanding, strange, backAt, backAt, backAt == 0 ? 0 : 1);
  }
}
