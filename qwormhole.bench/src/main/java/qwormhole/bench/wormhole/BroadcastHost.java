package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;

/** A QWormhole server that broadcasts; a client that had no room gets the message by a send that waits. */
final class BroadcastHost extends Host implements Driver {
  private final SideSpec spec;
  private final Payload payload;
  private final Completion completion = new Completion();
  private final AtomicReference<Counts> confirmed = new AtomicReference<>(Counts.NONE);
  private final AtomicLong sent = new AtomicLong();

  private BroadcastHost(SideSpec spec) {
    this.spec = spec;
    this.payload = new Payload(spec);
  }

  static BroadcastHost open(SideSpec spec) throws IOException {
    BroadcastHost host = new BroadcastHost(spec);
    host.listen(spec);
    return host;
  }

  @Override
  public void onConnection(Connection<ByteBuffer> connection) {
    connection.attach(Counts.NONE);
  }

  /** A client's counts since its beginning. */
  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    Counts now = Counts.read(message);
    Counts news = now.minus((Counts) connection.attachment());
    connection.attach(now);
    confirmed.accumulateAndGet(news, Counts::plus);
    completion.arrive();
  }

  @Override
  public void onClosed(Connection<ByteBuffer> connection, CloseReason reason) {
    completion.fail("a connection ended: " + reason.detail());
  }

  @Override
  public Round run(long messages) throws IOException {
    Arrivals.await(server()::connectionCount, spec.clients(), Limits.OPEN);
    List<Receiving> receivers = new ArrayList<>();
    server().connections().forEach(connection -> receivers.add(new Receiving(connection)));
    Counts before = confirmed.get();
    long sentBefore = sent.get();
    completion.expect(receivers.size());
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      ByteBuffer message = payload.next();
      var result = server().broadcast(message);
      sent.addAndGet(result.sent());
      if (result.refused() > 0) {
        for (Receiving receiver : receivers) {
          sent.addAndGet(receiver.makeUp(message));
        }
      }
    }
    completion.await(() -> confirmed.get().received(), "confirmation");
    long elapsed = System.nanoTime() - began;
    return new Round(elapsed, sent.get() - sentBefore, confirmed.get().minus(before), null, null);
  }

  /** A client as the broadcast sees it. */
  private static final class Receiving {
    private final Connection<ByteBuffer> connection;
    private long refusals;

    Receiving(Connection<ByteBuffer> connection) {
      this.connection = connection;
      this.refusals = connection.statistics().refused();
    }

    /** Sends the message if it was refused here; returns how many were sent. */
    int makeUp(ByteBuffer message) throws IOException {
      if (connection.statistics().refused() == refusals) {
        return 0;
      }
      SendResult result = connection.send(message, Limits.STALL);
      if (result != SendResult.SENT) {
        throw new IOException("a send ended with " + result);
      }
      refusals = connection.statistics().refused();
      return 1;
    }
  }
}
