package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import qwormhole.api.Connection;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;

/** A QWormhole server that checks what comes, and confirms or echoes it. */
final class ReceivingHost extends Host implements Sink {
  private final SideSpec spec;
  private final Histogram oneWay;
  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  private ReceivingHost(SideSpec spec) {
    this.spec = spec;
    this.oneWay = spec.sampleEvery() > 0 ? Round.histogram() : null;
  }

  static ReceivingHost open(SideSpec spec) throws IOException {
    ReceivingHost host = new ReceivingHost(spec);
    host.listen(spec);
    return host;
  }

  @Override
  public void onConnection(Connection<ByteBuffer> connection) {
    Receiver receiver =
        spec.workload().isEcho() ? new EchoingReceiver(spec) : new ConfirmingReceiver(spec, oneWay);
    connection.attach(receiver);
    receivers.add(receiver);
  }

  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    ((Receiver) connection.attachment()).receive(connection, message);
  }

  @Override
  public void expect(long messages, Duration patience) throws IOException {
    Arrivals.await(receivers::size, spec.clients(), patience);
    if (oneWay != null) {
      oneWay.reset();
    }
    receivers.forEach(receiver -> receiver.expect(messages));
  }

  @Override
  public Counts counts() {
    return receivers.stream().map(Receiver::counts).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Histogram oneWay() {
    return oneWay;
  }
}
