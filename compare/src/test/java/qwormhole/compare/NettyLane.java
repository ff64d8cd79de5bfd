package qwormhole.compare;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/**
 * One Netty client. Streams and pings are sent by the application thread, as over QWormhole; a
 * pipeline's messages but the first by the loop, as echoes come back.
 */
final class NettyLane implements Receiver {
  private final SideSpec spec;
  private final Payload payload;
  private final Verifier verifier;
  private final Histogram latency = Round.histogram();
  private final Histogram turnaround = Round.histogram();
  private final long[] sentAt;
  private Channel channel;
  private Outlet outlet;
  private volatile Thread application;
  private volatile String broken;
  private volatile boolean arrived;
  private volatile Counts confirmed = Counts.NONE;

  /** Of a pipeline: the loop's own. */
  private long sent;

  private long target;

  /** Of a pipeline: written by the loop. */
  private volatile long returned;

  NettyLane(SideSpec spec) {
    this.spec = spec;
    payload = new Payload(spec);
    verifier = new Verifier(spec, null);
    sentAt = new long[spec.depth()];
  }

  void open(Channel opened, Outlet itsOutlet) {
    channel = opened;
    outlet = itsOutlet;
  }

  Share run(long messages) throws IOException {
    application = Thread.currentThread();
    latency.reset();
    turnaround.reset();
    return switch (spec.workload()) {
      case STREAM, BULK -> stream(messages);
      case PINGPONG -> pingpong(messages);
      case PIPELINE -> pipeline(messages);
      case BROADCAST, CONNECT -> throw new IOException("there is no " + spec.workload().id());
    };
  }

  private Share stream(long messages) throws IOException {
    Counts before = confirmed;
    BooleanSupplier room = channel::isWritable;
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      if (!channel.isWritable()) {
        await(room, "room");
      }
      outlet.write(payload.next());
    }
    outlet.flush();
    await(() -> !confirmed.equals(before), "confirmation");
    long ended = System.nanoTime();
    return new Share(began, ended, messages, confirmed.minus(before), null, null);
  }

  private Share pingpong(long messages) throws IOException {
    Counts before = verifier.counts();
    verifier.expect(messages);
    BooleanSupplier reply = () -> arrived;
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      ByteBuffer message = payload.next();
      arrived = false;
      long now = System.nanoTime();
      sentAt[0] = now;
      outlet.write(message);
      outlet.flush();
      await(reply, "reply");
      Histograms.record(turnaround, System.nanoTime() - now);
    }
    Counts echoed = verifier.counts().minus(before);
    return new Share(began, System.nanoTime(), messages, echoed, latency, turnaround);
  }

  private Share pipeline(long messages) throws IOException {
    Counts before = verifier.counts();
    verifier.expect(messages);
    long goal = returned + messages;
    long began = System.nanoTime();
    channel
        .eventLoop()
        .execute(
            () -> {
              target = sent + messages;
              fill();
            });
    await(() -> returned == goal, "echo");
    Counts echoed = verifier.counts().minus(before);
    return new Share(began, System.nanoTime(), messages, echoed, latency, null);
  }

  /** On the loop. */
  private void fill() {
    while (sent < target && sent - returned < sentAt.length && channel.isWritable()) {
      sentAt[(int) (sent++ % sentAt.length)] = System.nanoTime();
      outlet.write(payload.next());
    }
    outlet.flush();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // The loop alone writes.
  public void onFrame(ByteBuffer buffer, int offset, int length) {
    switch (spec.workload()) {
      case PINGPONG -> {
        Histograms.record(latency, System.nanoTime() - sentAt[0]);
        verifier.accept(buffer, offset, length);
        arrived = true;
        LockSupport.unpark(application);
      }
      case PIPELINE -> {
        long sentThen = sentAt[(int) (returned % sentAt.length)];
        Histograms.record(latency, System.nanoTime() - sentThen);
        boolean last = verifier.accept(buffer, offset, length);
        returned++;
        if (last) {
          LockSupport.unpark(application);
        }
      }
      default -> {
        confirmed = Counts.read(buffer.slice(offset, length));
        LockSupport.unpark(application);
      }
    }
  }

  @Override
  public void onReadComplete() {
    if (spec.workload().hasDepth()) {
      fill();
    }
  }

  @Override
  public void onWritable() {
    if (spec.workload().hasDepth()) {
      fill();
    } else {
      LockSupport.unpark(application);
    }
  }

  @Override
  public void onBroken(String how) {
    broken = how;
    LockSupport.unpark(application);
  }

  private void await(BooleanSupplier condition, String what) throws IOException {
    long deadline = System.nanoTime() + Limits.STALL.toNanos();
    long seen = returned;
    while (!condition.getAsBoolean()) {
      if (broken != null) {
        throw new IOException(broken);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 && returned == seen) {
        throw new IOException("no " + what + " for " + Limits.STALL.toSeconds() + " s");
      }
      if (left <= 0) {
        seen = returned;
        deadline = System.nanoTime() + Limits.STALL.toNanos();
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
  }
}
