package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import qwormhole.api.Connection;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;

/** A side's QWormhole server, on one loop thread. */
abstract class Host implements Side, ServerListener<ByteBuffer> {
  /** Beyond those that were announced: connections that are going away while others come. */
  private static final int SPARE_CONNECTIONS = 64;

  private final AtomicLong backpressure = new AtomicLong();
  private QWormholeServer<ByteBuffer> server;
  private String certificate = "";

  /**
   * Listens; to be called once, first.
   *
   * @throws IOException when the provider cannot work here, or the server cannot listen
   */
  final void listen(SideSpec spec) throws IOException {
    ServerOptions.Builder<ByteBuffer> builder =
        ServerOptions.builder(Codec.bytes())
            .host(spec.host())
            .port(spec.port())
            .require(spec.contender())
            .requireSignature(spec.features().signed())
            .resumable(spec.features().resume())
            .maxClients(spec.clients() + SPARE_CONNECTIONS)
            .maxPending(spec.depth() + SPARE_CONNECTIONS)
            .autoPause(spec.workload().isEcho());
    if (spec.features().tls()) {
      SelfSigned own = SelfSigned.make();
      certificate = Base64.getEncoder().encodeToString(own.encoded());
      builder.tls(Encryption.ofServer(own));
    }
    ServerOptions<ByteBuffer> options = builder.build();
    server = Opening.open(() -> QWormhole.listen(options, this));
  }

  final QWormholeServer<ByteBuffer> server() {
    return server;
  }

  @Override
  public final void onBackpressure(Connection<ByteBuffer> connection) {
    backpressure.incrementAndGet();
  }

  @Override
  public void onError(Connection<ByteBuffer> connection, QWormholeException error) {
    System.err.println("server: " + error.getMessage());
  }

  @Override
  public final String mode() {
    return server.mode();
  }

  @Override
  public final int port() {
    return server.port();
  }

  @Override
  public final String certificate() {
    return certificate;
  }

  @Override
  public final Effort effort() {
    return server.connections().stream()
        .map(peer -> Efforts.of(peer.statistics(), 0))
        .reduce(new Effort(0, 0, 0, backpressure.get()), Effort::plus);
  }

  @Override
  public void close() {
    server.close(Limits.CLOSE);
  }
}
