package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import qwormhole.api.Connection;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.ServerSide;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/** A QWormhole server on loopback that checks what comes, and confirms or echoes it. */
public final class WormholeServer implements ServerSide {
  private final SideSpec spec;
  private final QWormholeServer<ByteBuffer> server;
  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  /**
   * Listens on a free port.
   *
   * @throws IOException when the provider cannot work here, or the server cannot listen
   */
  public WormholeServer(SideSpec spec) throws IOException {
    this.spec = spec;
    ServerOptions<ByteBuffer> options =
        ServerOptions.builder(Codec.bytes())
            .require(spec.contender())
            .autoPause(spec.workload() != Workload.STREAM)
            .build();
    server = Opening.open(() -> QWormhole.listen(options, new Listener()));
  }

  /** Gives each connection a {@link Receiver} and it the messages. */
  private final class Listener implements ServerListener<ByteBuffer> {
    @Override
    public void onConnection(Connection<ByteBuffer> connection) {
      Receiver receiver =
          spec.workload() == Workload.STREAM
              ? new ConfirmingReceiver(spec.size())
              : new EchoingReceiver(spec.size());
      connection.attach(receiver);
      receivers.add(receiver);
    }

    @Override
    public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
      ((Receiver) connection.attachment()).receive(connection, message);
    }

    @Override
    public void onError(Connection<ByteBuffer> connection, QWormholeException error) {
      System.err.println("server: " + error.getMessage());
    }
  }

  @Override
  public String mode() {
    return server.mode();
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void expect(long messages, Duration patience) throws IOException {
    Arrivals.await(receivers::size, spec.clients(), patience);
    receivers.forEach(receiver -> receiver.expect(messages));
  }

  @Override
  public Counts counts() {
    return receivers.stream().map(Receiver::counts).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Effort effort() {
    return server.connections().stream()
        .map(peer -> effortOf(peer.statistics()))
        .reduce(new Effort(0, 0, 0), Effort::plus);
  }

  static Effort effortOf(ConnectionStatistics statistics) {
    return new Effort(statistics.writes(), statistics.bytesOut(), statistics.refused());
  }

  @Override
  public void close() {
    server.close(Limits.CLOSE);
  }
}
