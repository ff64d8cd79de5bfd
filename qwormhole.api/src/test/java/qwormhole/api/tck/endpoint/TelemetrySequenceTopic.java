package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.EntropyMetrics;
import qwormhole.api.handshake.Trust;
import qwormhole.api.handshake.TrustPolicy;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryEvent.Backpressure;
import qwormhole.api.telemetry.TelemetryEvent.Closed;
import qwormhole.api.telemetry.TelemetryEvent.Drain;
import qwormhole.api.telemetry.TelemetryEvent.Failed;
import qwormhole.api.telemetry.TelemetryEvent.HandshakeAccepted;
import qwormhole.api.telemetry.TelemetryEvent.HandshakeRejected;
import qwormhole.api.telemetry.TelemetryEvent.Intent;
import qwormhole.api.telemetry.TelemetryEvent.LinkClosed;
import qwormhole.api.telemetry.TelemetryEvent.LinkOpened;
import qwormhole.api.telemetry.TelemetryEvent.Listening;
import qwormhole.api.telemetry.TelemetryEvent.ProviderSelected;
import qwormhole.api.telemetry.TelemetryEvent.Reconnecting;
import qwormhole.api.telemetry.TelemetryEvent.Shard;
import qwormhole.api.telemetry.TelemetryEvent.State;
import qwormhole.api.telemetry.TelemetryEvent.TrustSnapshot;

/**
 * Everything that is told of two scripted sessions, a server's and a client's, against one written-down
 * sequence: so it is the same for every provider. The peers are raw sockets, which know every byte.
 */
interface TelemetrySequenceTopic extends Topic {
  int LIMIT = 1 << 20;
  String INTENT =
      "{\"type\":\"intent\",\"sid\":\"a\",\"intent\":\"offer_capability\","
          + "\"payload\":{\"of\":[1,\"${x}\"]},\"ts\":1700000000,\"sig\":\"c2ln\"}";
  String STATE =
      "{\"type\":\"state\",\"sid\":\"a\",\"snapshot\":{\"stateHash\":\"h\",\"summary\":\"s\"},"
          + "\"delta\":{\"changes\":[1,2]},\"merge\":{\"winner\":\"a\",\"strategy\":\"winner\"},"
          + "\"ts\":1,\"sig\":\"c2ln\"}";
  String SHARD =
      "{\"type\":\"shard\",\"id\":\"shard-001\",\"root\":\"a\",\"capabilities\":{\"x\":true},"
          + "\"routingHints\":[\"near\"],\"stateHash\":\"h\"}";
  String INVALID = "{\"type\":\"intent\",\"sid\":\"a\"}";
  String CHAT = "{\"type\":\"chat\"}";
  String HANDSHAKE =
      "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"sid\":\"peer\\u001b[0m\","
          + "\"tags\":{\"zone\":\"${jndi:x}\",\"weight\":7}}";
  Trust TRUST = new Trust(TrustPolicy.DEFAULT_INDEX, false, TrustPolicy.IMMUNE, false);

  @Test
  default void aServerTellsThisAndNothingElse() throws Exception {
    Inbox<TelemetryEvent> told = new Inbox<>("telemetry of the server");
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage()
            .listen(
                stage()
                    .server(Bytes.CODEC)
                    .observeScp(true)
                    .maxFrameBytes(LIMIT / 2)
                    .maxOutboundBytes(LIMIT)
                    .telemetry(told::add),
                trace);

    WirePeer peer = stage().dial(server).send(HANDSHAKE);
    Connection<byte[]> first = trace.connections.next();
    peer.write(Wire.frame("hello"), Wire.frame(INTENT), Wire.frame(STATE), Wire.frame(SHARD));
    peer.write(Wire.frame(INVALID), Wire.frame(CHAT));
    assertThat(texts(trace.messages.await(5))).containsExactly("hello", INTENT, STATE, SHARD, CHAT);
    first.send("answer".getBytes(StandardCharsets.UTF_8));
    assertThat(peer.readText()).isEqualTo("answer");
    peer.close();
    told.await(10);

    WirePeer stranger = stage().dial(server);
    stranger.send(Wire.LEGACY_HANDSHAKE.replace("1.0.0", "9.0.0")).awaitEnd();
    told.await(13);

    WirePeer slow = stage().dial(server).legacy();
    Connection<byte[]> second = trace.connections.next();
    int sent = Congestion.flood(second);
    for (int i = 0; i < sent; i++) {
      slow.readMessage();
    }
    told.await(17);
    trace.drained.next();
    server.close();
    told.await(20);

    Source source = Normalised.source("server");
    long received =
        Stream.of(HANDSHAKE, "hello", INTENT, STATE, SHARD, INVALID, CHAT)
            .mapToLong(text -> Wire.frame(text).length)
            .sum();
    ConnectionStatistics ofFirst = counted(5, 1, received, 4 + 6, 0, 1);
    ConnectionStatistics ofStranger =
        counted(0, 0, Wire.frame(Wire.LEGACY_HANDSHAKE).length, 0, 0, 0);
    ConnectionStatistics ofSlow =
        counted(
            0,
            sent,
            Wire.frame(Wire.LEGACY_HANDSHAKE).length,
            sent * (4L + Congestion.numbered(0).length),
            1,
            0);
    String wrongVersion = ((HandshakeRejected) told.all().get(11)).reason();
    assertThat(wrongVersion).contains("9.0.0");
    assertThat(normalised(told.all()))
        .containsExactly(
            new ProviderSelected(source, ((ProviderSelected) told.all().get(0)).rule()),
            new Listening(source, Normalised.ADDRESS),
            new LinkOpened(source, 1, Normalised.ADDRESS),
            new HandshakeAccepted(source, 1, "1.0.0", false, Map.of("sid", "\"peer\\u001b[0m\"")),
            new Intent(
                source,
                1,
                "a",
                "offer_capability",
                "{\"of\":[1,\"$\\{x}\"]}",
                "1700000000",
                ScpSignature.UNCHECKED),
            new State(source, 1, "a", "h", "s", 2, "a", "winner", "1", ScpSignature.UNCHECKED),
            new Shard(
                source,
                1,
                "shard-001",
                "a",
                "{\"x\":true}",
                List.of("near"),
                "h",
                ScpSignature.ABSENT),
            new Failed(source, 1, ErrorCode.E_INVALID_SCP, "member /intent is required"),
            new LinkClosed(source, 1, "peer", null, "closed by the peer", ofFirst),
            new TrustSnapshot(
                source,
                1,
                "orderly",
                "peer\\u001b[0m",
                Map.of("zone", "$\\{jndi:x}", "weight", 7L),
                TRUST,
                EntropyMetrics.of(TRUST.index()),
                ofFirst),
            new LinkOpened(source, 2, Normalised.ADDRESS),
            new HandshakeRejected(source, 2, ErrorCode.E_PROTOCOL_VERSION, wrongVersion),
            new LinkClosed(
                source, 2, "local", ErrorCode.E_PROTOCOL_VERSION, wrongVersion, ofStranger),
            new LinkOpened(source, 3, Normalised.ADDRESS),
            new HandshakeAccepted(source, 3, "1.0.0", false, Map.of()),
            new Backpressure(source, 3, 0),
            new Drain(source, 3, 0),
            new LinkClosed(source, 3, "local", null, "the server closes", ofSlow),
            new TrustSnapshot(
                source,
                3,
                "orderly",
                "",
                Map.of(),
                TRUST,
                EntropyMetrics.of(TRUST.index()),
                ofSlow),
            new Closed(source));
    assertThat(server.statistics().traffic())
        .usingRecursiveComparison()
        .ignoringFields("writes")
        .isEqualTo(ofFirst.plus(ofStranger).plus(ofSlow).ended());
    assertThat(server.statistics().lastError()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
  }

  @Test
  default void aClientTellsThisAndNothingElse() throws Exception {
    Inbox<TelemetryEvent> told = new Inbox<>("telemetry of the client");
    WireListener server = stage().wireListener();
    QWormholeClient<String> client =
        stage()
            .make(
                stage()
                    .client(server.port())
                    .observeScp(true)
                    .answerTimeout(Deadline.LONG)
                    .reconnect(
                        new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1, 9))
                    .telemetry(told::add),
                new ClientTrace<>());
    var ready = client.connect();
    WirePeer wire = server.accept();
    Frame handshake = wire.welcome();
    Deadline.get("connect", ready);
    String answer = Wire.answer(handshake.json().at("/caps/scp/nonce").asText());
    wire.send(SHARD);
    told.await(4);
    client.send("question");
    assertThat(wire.readText()).isEqualTo("question");
    wire.close();

    WirePeer again = server.accept();
    int refusedBytes = 4 + again.read().payload().length;
    String reject =
        "{\"type\":\"handshake-reject\",\"code\":\"E_PROTOCOL_VERSION\",\"reason\":\"no \\u001b\"}";
    again.send(reject);
    again.awaitEnd();
    Deadline.failure("the end", client.closed());

    Source source = Normalised.source("client");
    ConnectionStatistics ofFirst =
        new ConnectionStatistics(
            1,
            1,
            Wire.frame(answer).length + Wire.frame(SHARD).length,
            4 + handshake.payload().length + Wire.frame("question").length,
            0,
            5 << 20,
            0,
            0,
            0);
    ConnectionStatistics ofSecond =
        new ConnectionStatistics(
            0, 0, Wire.frame(reject).length, refusedBytes, 0, 5 << 20, 0, 0, 0);
    String refusal = "no \\u001b";
    assertThat(normalised(told.all()))
        .containsExactly(
            new ProviderSelected(source, ((ProviderSelected) told.all().get(0)).rule()),
            new LinkOpened(source, 1, Normalised.ADDRESS),
            new HandshakeAccepted(source, 1, "1.0.0", true, Map.of()),
            new Shard(
                source,
                1,
                "shard-001",
                "a",
                "{\"x\":true}",
                List.of("near"),
                "h",
                ScpSignature.ABSENT),
            new LinkClosed(source, 1, "peer", null, "closed by the peer", ofFirst),
            new TrustSnapshot(
                source,
                1,
                "orderly",
                "",
                Map.of(),
                TRUST,
                EntropyMetrics.of(TRUST.index()),
                ofFirst),
            new Reconnecting(source, 1, Duration.ZERO),
            new LinkOpened(source, 2, Normalised.ADDRESS),
            new HandshakeRejected(source, 2, ErrorCode.E_PROTOCOL_VERSION, refusal),
            new LinkClosed(source, 2, "peer", ErrorCode.E_PROTOCOL_VERSION, refusal, ofSecond),
            new Failed(source, 2, ErrorCode.E_PROTOCOL_VERSION, refusal),
            new Closed(source));
    assertThat(client.statistics().reconnects()).isEqualTo(1);
    assertThat(client.statistics().lastError()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
  }

  private static ConnectionStatistics counted(
      long messagesIn, long messagesOut, long bytesIn, long bytesOut, long refused, long dropped) {
    return new ConnectionStatistics(
        messagesIn, messagesOut, bytesIn, bytesOut, 0, LIMIT, refused, 0, dropped);
  }

  private static List<TelemetryEvent> normalised(List<TelemetryEvent> events) {
    List<TelemetryEvent> result = new ArrayList<>();
    events.forEach(event -> result.add(Normalised.of(event)));
    return result;
  }

  private static List<String> texts(List<byte[]> messages) {
    return messages.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }
}
