package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.ClientListener;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.PeerInfo;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** The handshake is accepted or refused before the application learns of the peer. */
interface HandshakeTopic extends Topic {

  @Test
  default void bothSidesLearnWhatTheOtherSaysOfItself() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().tags(Map.of("role", "origin", "shard", 7)), serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).tags(Map.of("name", "probe")), clientTrace);
    PeerInfo ofClient = serverTrace.connections.next().peer();
    assertThat(ofClient.version()).isEqualTo("1.0.0");
    assertThat(ofClient.tags()).isEqualTo(Map.of("name", "probe"));
    assertThat(ofClient.negotiated()).isTrue();
    assertThat(ofClient.caps().at("/transport/native").asBoolean())
        .isEqualTo(client.mode().startsWith("native"));
    PeerInfo ofServer = clientTrace.ready.next().peer();
    assertThat(ofServer.version()).isEqualTo("1.0.0");
    assertThat(ofServer.tags().get("role")).isEqualTo("origin");
    assertThat(((Number) ofServer.tags().get("shard")).intValue()).isEqualTo(7);
    assertThat(ofServer.negotiated()).isTrue();
    assertThat(ofServer.caps().at("/transport/native").asBoolean())
        .isEqualTo(server.mode().startsWith("native"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "{}",
        "[]",
        "{\"type\":\"message\"}",
        "{\"type\":\"handshake\",\"version\":\"\"}",
        "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"ts\":-1}",
        "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"version\":\"1.0.0\"}",
        "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"__proto__\":{}}"
      })
  default void whatIsNoHandshakeIsRefusedAndNothingBehindItIsDelivered(String first)
      throws Exception {
    assertRefused(first, ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
  }

  @Test
  default void aLegacyPeerOfAnotherVersionIsRefusedWithoutAWord() throws Exception {
    assertRefused("{\"type\":\"handshake\",\"version\":\"9.9.9\"}", ErrorCode.E_PROTOCOL_VERSION);
  }

  private void assertRefused(String first, ErrorCode code) throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    // One segment: what follows is in the server's hands when it refuses.
    peer.write(
        Wire.frame(first), Wire.frame("one"), Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("two"));
    assertThat(trace.errors.next().code()).isEqualTo(code);
    assertThat(peer.awaitEnd()).as("a legacy peer is told nothing").isEmpty();
    new Bystander(stage(), server.port()).assertServed();
    assertThat(trace.connections.count()).as("only the bystander").isEqualTo(1);
    assertThat(trace.messages.all()).allMatch(message -> message.startsWith(Bystander.NAME));
  }

  @Test
  default void aClientOfAnotherVersionIsToldAndDoesNotComeBack() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().protocolVersion("2.0.0"), serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(server.port()).protocolVersion("1.0.0"), clientTrace);
    assertThat(Deadline.failure("connect", client.connect()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
              assertThat(e.detail()).contains("1.0.0");
            });
    CloseReason reason = clientTrace.closed.next().reason();
    assertThat(reason.code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    assertThat(reason.initiator()).isEqualTo(Initiator.PEER);
    assertThat(clientTrace.end().code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    assertThat(clientTrace.ready.all()).isEmpty();
    assertThat(client.reconnects()).isZero();
    assertThat(client.state()).isEqualTo(QWormholeClient.State.CLOSED);
    assertThat(serverTrace.errors.next().code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
    assertThat(serverTrace.connections.all()).isEmpty();
  }

  @Test
  default void aServerAcceptsTheVersionsOnItsListAndNoPeerWithoutOne() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().allowedVersions(Set.of("1.0.0", "1.5.0")), trace);
    stage().connect(stage().client(server.port()).protocolVersion("1.5.0"), new ClientTrace<>());
    assertThat(trace.connections.next().peer().version()).isEqualTo("1.5.0");
    WirePeer nameless = stage().dial(server).send("{\"type\":\"handshake\"}");
    assertThat(nameless.awaitEnd()).isEmpty();
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_PROTOCOL_VERSION);
  }

  @Test
  default void tagsThatNoPeerWouldAcceptFailWhenTheEndpointIsMade() {
    var tags = Map.of("t", "x".repeat(10_000));
    assertInvalid(() -> stage().make(stage().client(1).tags(tags), new ClientListener<>() {}));
    assertInvalid(() -> stage().listen(stage().server().tags(tags), new ServerListener<>() {}));
    assertInvalid(
        () ->
            stage()
                .listen(stage().server().tags(Map.of("t", Double.NaN)), new ServerListener<>() {}));
  }

  private static void assertInvalid(ThrowingCallable opening) {
    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(opening)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD));
  }
}
