package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Verifier;

/** QWormhole clients on one loop thread that receive a broadcast; each confirms a round's end. */
final class BroadcastClient extends Lanes<BroadcastClient.ReceivingLane> implements Sink {
  private final Histogram oneWay;

  private BroadcastClient(SideSpec spec, Histogram oneWay) throws IOException {
    super(spec, () -> new ReceivingLane(spec, oneWay));
    this.oneWay = oneWay;
  }

  static BroadcastClient connect(SideSpec spec) throws IOException {
    return new BroadcastClient(spec, spec.sharedClock() ? Round.histogram() : null);
  }

  @Override
  public void expect(long messages, Duration patience) {
    if (oneWay != null) {
      oneWay.reset();
    }
    lanes().forEach(lane -> lane.verifier.expect(messages));
  }

  @Override
  public Counts counts() {
    return lanes().stream().map(lane -> lane.verifier.counts()).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Histogram oneWay() {
    return oneWay;
  }

  /** One receiver. */
  static final class ReceivingLane extends Lane {
    private final Verifier verifier;

    ReceivingLane(SideSpec spec, Histogram oneWay) {
      verifier = new Verifier(spec, oneWay);
    }

    @Override
    public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
      if (verifier.accept(message, message.position(), message.remaining())) {
        ByteBuffer confirmation = ByteBuffer.allocate(Counts.SIZE);
        verifier.counts().write(confirmation);
        connection.send(confirmation.flip());
      }
    }
  }
}
