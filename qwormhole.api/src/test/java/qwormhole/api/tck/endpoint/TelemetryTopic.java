package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/** What operators are told. */
interface TelemetryTopic extends Topic {

  @Test
  default void aSessionIsToldFromBeginningToEnd() {
    Inbox<TelemetryEvent> ofServer = new Inbox<>("telemetry of the server");
    Inbox<TelemetryEvent> ofClient = new Inbox<>("telemetry of the client");
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().telemetry(ofServer::add), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).telemetry(ofClient::add), trace);
    client.send("one");
    client.send("two");
    trace.messages.await(2);
    Connection<String> connection = serverTrace.connections.next();
    Deadline.until(
        "all to be counted",
        () ->
            connection.statistics().bytesOut() >= trace.ready.all().get(0).statistics().bytesIn());
    ConnectionStatistics before = connection.statistics();
    client.close();
    serverTrace.closed.next();
    server.close();

    assertThat(kinds(ofServer.all()))
        .containsExactly(
            "ProviderSelected",
            "Listening",
            "LinkOpened",
            "HandshakeAccepted",
            "LinkClosed",
            "TrustSnapshot",
            "Closed");
    assertThat(kinds(ofClient.all()))
        .containsExactly(
            "ProviderSelected",
            "LinkOpened",
            "HandshakeAccepted",
            "LinkClosed",
            "TrustSnapshot",
            "Closed");
    var selected = (TelemetryEvent.ProviderSelected) ofServer.all().get(0);
    Source source = selected.source();
    assertThat(source.side()).isEqualTo("server");
    assertThat(source.mode()).isEqualTo(server.mode());
    assertThat(source.transport())
        .isEqualTo(source.mode().startsWith("native-") ? "native" : "java");
    assertThat(source.mode()).endsWith(source.backend());
    assertThat(source.platform()).contains(System.getProperty("os.arch"));
    assertThat(source.jvm()).contains(Runtime.version().toString());
    assertThat(source.fallbackReason()).isEmpty();
    assertThat(ofServer.all())
        .as("one source is shared")
        .allSatisfy(event -> assertThat(event.source()).isSameAs(source));
    assertThat(ofServer.all().get(1))
        .isEqualTo(new TelemetryEvent.Listening(source, server.address()));
    assertThat(ofServer.all().get(2))
        .isEqualTo(
            new TelemetryEvent.LinkOpened(source, connection.id(), connection.remoteAddress()));
    assertThat(ofServer.all().get(3))
        .isEqualTo(
            new TelemetryEvent.HandshakeAccepted(source, connection.id(), "1.0.0", true, Map.of()));
    var closed = (TelemetryEvent.LinkClosed) ofServer.all().get(4);
    assertThat(closed.connectionId()).isEqualTo(connection.id());
    assertThat(closed.code()).isNull();
    assertThat(closed.statistics().messagesIn()).isEqualTo(2);
    assertThat(closed.statistics().messagesOut()).isEqualTo(2);
    assertThat(closed.statistics().bytesOut()).isEqualTo(before.bytesOut());
    assertThat(closed.statistics().bytesIn()).as("with the GOAWAY").isGreaterThan(before.bytesIn());
    var clientClosed = (TelemetryEvent.LinkClosed) ofClient.all().get(3);
    assertThat(clientClosed.statistics().bytesOut()).isEqualTo(closed.statistics().bytesIn());
    assertThat(clientClosed.statistics().bytesIn()).isEqualTo(closed.statistics().bytesOut());
    assertThat(server.statistics().traffic()).isEqualTo(closed.statistics().ended());
    assertThat(client.statistics().traffic()).isEqualTo(clientClosed.statistics().ended());
    assertThat(client.statistics().state()).isEqualTo(QWormholeClient.State.CLOSED);
  }

  private static List<String> kinds(List<TelemetryEvent> events) {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  default void refusalsAndRetriesAreTold() {
    Inbox<TelemetryEvent> ofServer = new Inbox<>("telemetry of the server");
    Inbox<TelemetryEvent> ofClient = new Inbox<>("telemetry of the client");
    QWormholeServer<String> server =
        stage()
            .listen(stage().server().maxClients(1).telemetry(ofServer::add), new ServerTrace<>());
    stage().connect(stage().client(server.port()), new ClientTrace<>());
    QWormholeClient<String> refused =
        stage()
            .make(
                stage()
                    .client(server.port())
                    .reconnect(
                        new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(5), 1, 1))
                    .telemetry(ofClient::add),
                new ClientTrace<>());
    assertThat(Deadline.failure("connect", refused.connect()))
        .hasMessageContaining("E_MAX_CLIENTS");
    Deadline.until("the end", () -> kinds(ofClient.all()).contains("Closed"));
    assertThat(kinds(ofClient.all()))
        .containsExactly(
            "ProviderSelected",
            "LinkOpened",
            "HandshakeRejected",
            "LinkClosed",
            "Failed",
            "Reconnecting",
            "LinkOpened",
            "HandshakeRejected",
            "LinkClosed",
            "Failed",
            "Closed");
    var rejected = (TelemetryEvent.HandshakeRejected) ofClient.all().get(2);
    assertThat(rejected.code()).isEqualTo(ErrorCode.E_MAX_CLIENTS);
    var again = (TelemetryEvent.Reconnecting) ofClient.all().get(5);
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(kinds(ofServer.all())).contains("HandshakeRejected");
  }

  @Test
  default void backpressureAndDrainAreTold() throws Exception {
    Inbox<TelemetryEvent> events = new Inbox<>("telemetry");
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).telemetry(events::add), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.flood(connection);
    for (int i = 0; i < sent; i++) {
      peer.readMessage();
    }
    trace.drained.next();
    List<TelemetryEvent> told = events.all();
    var full = (TelemetryEvent.Backpressure) told.get(told.size() - 2);
    var drained = (TelemetryEvent.Drain) told.get(told.size() - 1);
    assertThat(full.connectionId()).isEqualTo(connection.id());
    assertThat(full.queuedBytes()).isLessThanOrEqualTo(connection.statistics().maxQueuedBytes());
    assertThat(drained.connectionId()).isEqualTo(connection.id());
    assertThat(drained.queuedBytes())
        .isLessThanOrEqualTo(connection.statistics().maxQueuedBytes() / 2);
  }
}
