package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.SendResult;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/**
 * Sends one from the application thread, takes the reply on the loop, wakes the application thread
 * for the next. The round trip ends in the handler, the turnaround on the application thread.
 */
final class PingLane extends ThreadLane {
  private final Payload payload;
  private final Verifier verifier;
  private final BooleanSupplier replied = this::hasArrived;
  private volatile boolean arrived;

  /** Written by the application thread before it sends, read on the loop. */
  private volatile long sentAt;

  private final Histogram latency = Round.histogram();
  private final Histogram turnaround = Round.histogram();

  PingLane(SideSpec spec) {
    payload = new Payload(spec);
    verifier = new Verifier(spec, null);
  }

  @Override
  Share round(QWormholeClient<ByteBuffer> sender, long messages) throws IOException {
    latency.reset();
    turnaround.reset();
    var before = verifier.counts();
    verifier.expect(messages);
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      ByteBuffer message = payload.next();
      arrived = false;
      long now = System.nanoTime();
      sentAt = now;
      SendResult result = sender.send(message, Limits.STALL);
      if (result != SendResult.SENT) {
        checkOpen();
        throw new IOException("a send ended with " + result);
      }
      await(replied, "reply");
      Histograms.record(turnaround, System.nanoTime() - now);
    }
    long ended = System.nanoTime();
    return new Share(began, ended, messages, verifier.counts().minus(before), latency, turnaround);
  }

  private boolean hasArrived() {
    return arrived;
  }

  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    Histograms.record(latency, System.nanoTime() - sentAt);
    verifier.accept(message, message.position(), message.remaining());
    arrived = true;
    signal();
  }
}
