package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;

/** Peers that say nothing: pinged, given up, or kept. */
interface LivenessTopic extends Topic {
  Duration INTERVAL = Duration.ofMillis(100);

  @Test
  default void aServerGivesUpAPeerThatAnswersNoPings() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().pingInterval(INTERVAL), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    assertTwoPingsAndTheEnd(peer);
    assertUnresponsive(trace);
    assertThat(server.connectionCount()).isZero();
  }

  @Test
  default void aClientGivesUpAServerThatAnswersNoPingsAndComesBack() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    var unused =
        stage()
            .make(
                stage()
                    .client(listener.port())
                    .pingInterval(INTERVAL)
                    .reconnect(
                        new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(10), 1, 100)),
                trace)
            .connect();
    WirePeer peer = listener.accept();
    peer.welcome();
    assertTwoPingsAndTheEnd(peer);
    assertUnresponsive(trace);
    listener.accept().welcome();
    trace.ready.await(2);
  }

  private static void assertTwoPingsAndTheEnd(WirePeer peer) throws Exception {
    long first = assertPing(peer);
    assertThat(assertPing(peer)).as("a token of its own").isNotEqualTo(first);
    assertThat(peer.awaitEnd()).as("after two pings").isEmpty();
  }

  private static long assertPing(WirePeer peer) throws Exception {
    Frame frame = peer.read();
    assertThat(frame.isControl()).as("%s instead of a PING", frame).isTrue();
    assertThat(frame.kind()).isEqualTo(Wire.PING);
    return frame.token();
  }

  private static void assertUnresponsive(Trace<String> trace) {
    CloseReason reason = trace.closed.next().reason();
    assertThat(reason.code()).isEqualTo(ErrorCode.E_PEER_UNRESPONSIVE);
    assertThat(reason.initiator()).isEqualTo(Initiator.LOCAL);
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_PEER_UNRESPONSIVE);
  }

  @Test
  default void aPeerThatAnswersPingsIsKept() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().pingInterval(INTERVAL), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    for (int i = 0; i < 4; i++) {
      long token = assertPing(peer);
      peer.write(Wire.control(Wire.PONG, java.nio.ByteBuffer.allocate(8).putLong(token).array()));
    }
    assertThat(peer.send("x").readText()).isEqualTo("x");
    assertThat(trace.closed.all()).isEmpty();
  }

  @Test
  default void twoEndpointsThatPingEachOtherStayConnected() {
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().pingInterval(INTERVAL), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    stage().connect(stage().client(server.port()).pingInterval(INTERVAL), trace);
    Connection<String> connection = trace.ready.next();
    long bytes = connection.statistics().bytesIn();
    Deadline.until(
        "several pings", () -> connection.statistics().bytesIn() >= bytes + 4 * (4 + 1 + 8));
    assertThat(trace.closed.all()).isEmpty();
    assertThat(connection.statistics().messagesIn()).isZero();
  }

  @Test
  default void aSilentPeerIsClosedAfterTheIdleTimeoutAndATalkingOneIsNot() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().idleTimeout(Duration.ofMillis(400)), trace);
    WirePeer silent = stage().dial(server).legacy();
    Connection<String> ofSilent = trace.connections.next();
    WirePeer talking = stage().dial(server).legacy();
    while (trace.closed.count() == 0) {
      assertThat(talking.send("x").readText()).isEqualTo("x");
    }
    var end = trace.closed.next();
    assertThat(end.connection()).isSameAs(ofSilent);
    assertThat(end.reason().code()).isEqualTo(ErrorCode.E_IDLE_TIMEOUT);
    assertThat(silent.awaitEnd()).isEmpty();
    assertThat(talking.send("y").readText()).isEqualTo("y");
  }

  @Test
  default void legacyPeersAreKeptAwakeWithMessages() throws Exception {
    QWormholeServer<String> server =
        stage()
            .listen(
                stage().server().legacyHeartbeat(INTERVAL).pingInterval(INTERVAL),
                new ServerTrace<>());
    WirePeer legacy = stage().dial(server).legacy();
    assertHeartbeats(legacy);
    WirePeer negotiated = stage().dial(server);
    negotiated.negotiate();
    assertPing(negotiated); // and no message
    WireListener listener = stage().wireListener();
    var unused =
        stage()
            .make(
                stage()
                    .client(listener.port())
                    .legacyHeartbeat(INTERVAL)
                    .answerTimeout(Duration.ofMillis(20)),
                new ClientTrace<>())
            .connect();
    WirePeer legacyServer = listener.accept();
    assertThat(legacyServer.read().json().path("type").asText()).isEqualTo("handshake");
    assertHeartbeats(legacyServer);
  }

  private static void assertHeartbeats(WirePeer peer) throws Exception {
    for (int i = 0; i < 2; i++) {
      Frame beat = peer.read();
      assertThat(beat.isControl()).isFalse();
      assertThat(beat.json().path("type").asText()).isEqualTo("ping");
      assertThat(beat.json().path("ts").asLong()).isPositive();
    }
  }
}
