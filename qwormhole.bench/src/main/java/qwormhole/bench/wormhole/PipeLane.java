package qwormhole.bench.wormhole;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/**
 * Keeps a number of echoes outstanding on one connection. The round's first message is sent by the
 * thread that starts it, all others by the loop, as echoes come back: no state needs a lock.
 */
final class PipeLane extends Lane {
  private final Payload payload;
  private final Verifier verifier;
  private final Histogram latency;
  private final Completion completion;

  /** When the outstanding ones were sent; echoes come back in order. */
  private final long[] sentAt;

  private long sent;
  private long returned;

  /** A message that was refused for want of room. */
  private ByteBuffer owed;

  /** Written before the round's first send, and read first by the loop. */
  private volatile long target;

  private volatile long moved;

  /** {@code latency} is written by the loop, which all lanes of a side share. */
  PipeLane(SideSpec spec, Histogram latency, Completion completion) {
    payload = new Payload(spec);
    verifier = new Verifier(spec, null);
    sentAt = new long[spec.depth()];
    this.latency = latency;
    this.completion = completion;
  }

  /** Starts a round; {@code completion} is told of its end. Nothing is outstanding. */
  void start(long messages) {
    verifier.expect(messages);
    ByteBuffer first = payload.next();
    sentAt[(int) (sent++ % sentAt.length)] = System.nanoTime();
    long goal = target + messages;
    target = goal;
    SendResult result = client().trySend(first);
    if (result != SendResult.SENT) {
      completion.fail("a send ended with " + result);
    }
  }

  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    long goal = target;
    Histograms.record(latency, System.nanoTime() - sentAt[(int) (returned++ % sentAt.length)]);
    moved = returned;
    if (verifier.accept(message, message.position(), message.remaining())) {
      completion.arrive();
    } else {
      fill(connection, goal);
    }
  }

  @Override
  public void onDrain(Connection<ByteBuffer> connection) {
    fill(connection, target);
  }

  private void fill(Connection<ByteBuffer> connection, long goal) {
    while (owed != null || (sent < goal && sent - returned < sentAt.length)) {
      if (owed == null) {
        owed = payload.next();
        sentAt[(int) (sent++ % sentAt.length)] = System.nanoTime();
      }
      SendResult result = connection.trySend(owed);
      if (result == SendResult.BACK_PRESSURED) {
        return; // onDrain follows
      }
      owed = null;
      if (result != SendResult.SENT) {
        completion.fail("a send ended with " + result);
        return;
      }
    }
  }

  @Override
  void onBroken(String how) {
    super.onBroken(how);
    completion.fail(how);
  }

  /** Changes while echoes come back. */
  long moved() {
    return moved;
  }

  Counts counts() {
    return verifier.counts();
  }
}
