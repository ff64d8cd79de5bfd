package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;

/** Looking at connections, and sending to all of them. */
interface ConnectionTopic extends Topic {

  @Test
  default void connectionsAreFoundByIdAndGoWhenTheyClose() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    List<QWormholeClient<String>> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(stage().connect(stage().client(server.port()), new ClientTrace<>()));
    }
    List<Connection<String>> connections = trace.connections.await(3);
    assertThat(server.connectionCount()).isEqualTo(3);
    assertThat(server.connections()).containsExactlyInAnyOrderElementsOf(connections);
    assertThat(connections).extracting(Connection::id).doesNotHaveDuplicates();
    for (Connection<String> connection : connections) {
      assertThat(server.connection(connection.id()).orElseThrow()).isSameAs(connection);
    }
    clients.get(1).close();
    Connection<String> gone = trace.closed.next().connection();
    Deadline.until("it to be forgotten", () -> server.connection(gone.id()).isEmpty());
    assertThat(server.connections()).hasSize(2).doesNotContain(gone);
    assertThat(server.connectionCount()).isEqualTo(2);
    assertThat(server.connection(-1)).isEmpty();
  }

  @Test
  default void bothSidesAgreeOnAddressesAndModes() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), clientTrace);
    Connection<String> ofServer = trace.connections.next();
    Connection<String> ofClient = clientTrace.ready.next();
    assertThat(ofClient.remoteAddress()).isEqualTo(server.address());
    assertThat(ofServer.localAddress()).isEqualTo(server.address());
    assertThat(ofServer.remoteAddress()).isEqualTo(ofClient.localAddress());
    assertThat(ofServer.mode()).isEqualTo(server.mode()).isEqualTo(server.report().mode());
    assertThat(ofClient.mode()).isEqualTo(client.mode()).isEqualTo(client.report().mode());
    assertThat(client.connection().orElseThrow()).isSameAs(ofClient);
  }

  @Test
  default void anAttachmentStaysWithItsConnection() {
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            connection.attach(connection.attachment() + message);
          }
        };
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    QWormholeClient<String> one =
        stage().connect(stage().client(server.port()), new ClientTrace<>());
    Connection<String> connection = trace.connections.next();
    assertThat(connection.attachment()).isNull();
    one.send("a");
    one.send("b");
    trace.messages.await(2);
    Deadline.until("it", () -> "nullab".equals(connection.attachment()));
    stage().connect(stage().client(server.port()), new ClientTrace<>());
    assertThat(trace.connections.next().attachment()).isNull();
  }

  @Test
  default void aBroadcastReachesEveryConnectionOnce() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().loops(2), trace);
    assertThat(server.broadcast("nobody")).isEqualTo(new QWormholeServer.BroadcastResult(0, 0));
    List<WirePeer> peers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(stage().dial(server).legacy());
    }
    stage().dial(server); // not accepted: gets nothing
    trace.connections.await(10);
    for (int i = 0; i < 3; i++) {
      assertThat(server.broadcast("news " + i))
          .isEqualTo(new QWormholeServer.BroadcastResult(10, 0));
    }
    for (WirePeer peer : peers) {
      for (int i = 0; i < 3; i++) {
        assertThat(peer.readText()).isEqualTo("news " + i);
      }
    }
  }

  @Test
  default void aConnectionCountsWhatGoesOverTheWire() throws Exception {
    ServerTrace<byte[]> trace = ServerTrace.echo();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int[] sizes = {0, 1, 1000, 100_000};
    long bytes = 0;
    for (int size : sizes) {
      peer.write(Wire.frame(Bytes.of(size)));
      Bytes.assertSame(peer.readMessage(), Bytes.of(size));
      bytes += 4 + size;
    }
    long expected = bytes; // a peer may have read what its sender has not counted yet
    Deadline.until("all to be counted", () -> connection.statistics().bytesOut() >= expected);
    ConnectionStatistics statistics = connection.statistics();
    assertThat(statistics.messagesIn()).isEqualTo(sizes.length);
    assertThat(statistics.messagesOut()).isEqualTo(sizes.length);
    assertThat(statistics.bytesIn()).isEqualTo(bytes + Wire.frame(Wire.LEGACY_HANDSHAKE).length);
    assertThat(statistics.bytesOut()).isEqualTo(bytes);
    assertThat(statistics.queuedBytes()).isZero();
    assertThat(statistics.refused()).isZero();
    assertThat(statistics.writes()).isBetween(1L, 1000L);
  }

  @Test
  default void whatOneSideCountsOutTheOtherCountsIn() {
    ServerTrace<byte[]> serverTrace = ServerTrace.echo();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).autoPause(true), serverTrace);
    ClientTrace<byte[]> clientTrace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()), clientTrace);
    for (int i = 0; i < 1000; i++) {
      client.send(Bytes.of(i), Deadline.LONG);
    }
    clientTrace.messages.await(1000);
    Connection<byte[]> toClient = serverTrace.connections.next();
    Connection<byte[]> toServer = clientTrace.ready.next();
    Deadline.until(
        "all to be counted",
        () -> toClient.statistics().bytesOut() >= toServer.statistics().bytesIn());
    ConnectionStatistics ofServer = toClient.statistics();
    ConnectionStatistics ofClient = toServer.statistics();
    assertThat(ofClient.messagesOut()).isEqualTo(1000);
    assertThat(ofServer.messagesIn()).isEqualTo(1000);
    assertThat(ofServer.messagesOut()).isEqualTo(1000);
    assertThat(ofClient.messagesIn()).isEqualTo(1000);
    assertThat(ofServer.bytesIn()).isEqualTo(ofClient.bytesOut());
    assertThat(ofClient.bytesIn()).isEqualTo(ofServer.bytesOut());
  }

  @Test
  default void aServerCountsItsPeers() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    assertThat(server.statistics().lastError()).isNull();
    WirePeer accepted = stage().dial(server).legacy();
    trace.connections.next();
    stage().dial(server).send("garbage").awaitEnd();
    stage().dial(server);
    Deadline.until("the silent one", () -> server.statistics().pending() == 1);
    var statistics = server.statistics();
    assertThat(statistics.connections()).isEqualTo(1);
    assertThat(statistics.accepted()).isEqualTo(1);
    assertThat(statistics.rejected()).isEqualTo(1);
    assertThat(statistics.lastError()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    accepted.close();
    trace.closed.next();
    assertThat(server.statistics().connections()).isZero();
    assertThat(server.statistics().accepted()).isEqualTo(1);
  }

  @Test
  default void noConnectionIsCountedThatCannotBeSeen() {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Boolean> watched =
        CompletableFuture.supplyAsync(
            () -> {
              boolean seen = true;
              while (seen && !over.get()) {
                int counted = server.connectionCount();
                seen = server.connections().size() >= counted;
              }
              return seen;
            });
    for (int i = 0; i < 30; i++) {
      stage().connect(stage().client(server.port()), new ClientTrace<>());
    }
    over.set(true);
    assertThat(Deadline.get("the watcher", watched)).isTrue();
    assertThat(server.connectionCount()).isEqualTo(30);
  }
}
