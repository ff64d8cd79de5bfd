package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;

/** Peers that know frames and handshakes but no negotiation, and answers that come late. */
interface LegacyTopic extends Topic {

  @Test
  default void aLegacyClientIsServedAndGetsNoHandshake() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server).legacy().send("hello");
    assertThat(peer.readText()).as("the first frame it gets").isEqualTo("hello");
    Connection<String> connection = trace.connections.next();
    assertThat(connection.peer().negotiated()).isFalse();
    assertThat(connection.peer().version()).isEqualTo("1.0.0");
    connection.close("bye");
    peer.assertEnd();
  }

  @Test
  default void aClientAsksForNegotiationInItsHandshake() throws Exception {
    WireListener listener = stage().wireListener();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()), new ClientTrace<>());
    CompletableFuture<Connection<String>> ready = client.connect();
    JsonNode handshake = listener.accept().welcome().json();
    assertThat(handshake.path("type").asText()).isEqualTo("handshake");
    assertThat(handshake.path("version").asText()).isEqualTo("1.0.0");
    assertThat(handshake.at("/caps/scp/version").asText()).isEqualTo("1.0");
    assertThat(Base64.getDecoder().decode(handshake.at("/caps/scp/nonce").asText())).hasSize(16);
    assertThat(Deadline.get("connect", ready).peer().negotiated()).isTrue();
  }

  @Test
  default void aServerThatNeverAnswersIsTakenForLegacy() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()).answerTimeout(Duration.ofMillis(50)), trace);
    CompletableFuture<Connection<String>> ready = client.connect();
    WirePeer peer = listener.accept();
    peer.read();
    Connection<String> connection = Deadline.get("connect", ready);
    assertThat(connection.peer().negotiated()).isFalse();
    client.send("ping");
    assertThat(peer.readText()).isEqualTo("ping");
    peer.send("pong");
    assertThat(trace.messages.next()).isEqualTo("pong");
    assertThat(connection.statistics().messagesIn()).isEqualTo(1);
    assertThat(trace.ready.count()).isEqualTo(1);
  }

  @Test
  default void aServerThatSpeaksFirstIsTakenForLegacyAndHeard() throws Exception {
    assertFirstMessage("hello");
  }

  @Test
  default void anAnswerToAnotherHandshakeIsAMessage() throws Exception {
    assertFirstMessage(Wire.answer(Wire.NONCE));
  }

  @Test
  default void aServerThatClosesAtOnceWithoutAWordIsToldAsAProbableRefusalAndTriedAgain()
      throws Exception {
    for (boolean negotiate : new boolean[] {true, false}) {
      WireListener listener = stage().wireListener();
      ClientTrace<String> trace = new ClientTrace<>();
      QWormholeClient<String> client =
          stage()
              .make(
                  stage()
                      .client(listener.port())
                      .negotiate(negotiate)
                      .answerTimeout(Deadline.LONG)
                      .reconnect(
                          new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1, 1)),
                  trace);
      var unused = client.connect();
      for (int attempt = 0; attempt < 2; attempt++) {
        WirePeer peer = listener.accept();
        peer.read();
        peer.close();
      }
      assertThat(trace.errors.await(2))
          .allMatch(e -> e.code() == ErrorCode.E_HANDSHAKE_REJECTED)
          .allMatch(e -> e.detail().contains("probably a refusal"));
      if (negotiate) { // one that does not was ready at each attempt, and begins to count anew
        assertThat(trace.end().code()).isEqualTo(ErrorCode.E_HANDSHAKE_REJECTED);
        assertThat(client.reconnects()).isEqualTo(1);
      }
    }
  }

  @Test
  default void aServerThatSaidSomethingAndClosesEndsTheConnectionInOrder() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    var unused =
        stage()
            .make(stage().client(listener.port()).reconnect(ReconnectPolicy.NONE), trace)
            .connect();
    WirePeer peer = listener.accept();
    peer.read();
    peer.send("something");
    assertThat(trace.messages.next()).isEqualTo("something");
    peer.close();
    assertThat(trace.closed.next().reason().isOrderly()).isTrue();
    assertThat(trace.errors.all()).isEmpty();
  }

  @Test
  default void anAnswerThatBreaksTheSchemaEndsTheConnectionAndIsNoMessage() throws Exception {
    for (String broken : new String[] {"\"version\":1", "\"nv\":[]", "\"ts\":-1"}) {
      WireListener listener = stage().wireListener();
      ClientTrace<String> trace = new ClientTrace<>();
      QWormholeClient<String> client =
          stage().make(stage().client(listener.port()).reconnect(ReconnectPolicy.NONE), trace);
      CompletableFuture<Connection<String>> ready = client.connect();
      WirePeer peer = listener.accept();
      String nonce = peer.read().json().at("/caps/scp/nonce").asText();
      peer.write(
          Wire.frame("{\"type\":\"handshake\",\"re\":\"" + nonce + "\"," + broken + "}"),
          Wire.frame("behind it"));
      Deadline.failure("connect", ready);
      assertThat(trace.end().code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
      assertThat(trace.messages.all()).isEmpty();
      assertThat(trace.ready.all()).isEmpty();
      peer.awaitEnd();
    }
  }

  private void assertFirstMessage(String first) throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client = stage().make(stage().client(listener.port()), trace);
    CompletableFuture<Connection<String>> ready = client.connect();
    WirePeer peer = listener.accept();
    peer.write(Wire.frame(first), Wire.frame("second"));
    assertThat(trace.messages.await(2)).containsExactly(first, "second");
    Connection<String> connection = Deadline.get("connect", ready);
    assertThat(connection.peer().negotiated()).isFalse();
    assertThat(connection.statistics().messagesIn()).isEqualTo(2);
    assertThat(trace.log.all()).containsExactly("connected", "ready", "message", "message");
  }

  @Test
  default void theHandshakeFromAnOldEchoServerIsAMessage() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    var unused = stage().make(stage().client(listener.port()), trace).connect();
    WirePeer peer = listener.accept();
    String handshake = peer.readText();
    peer.send(handshake);
    assertThat(trace.messages.next()).isEqualTo(handshake);
    assertThat(trace.ready.next().peer().negotiated()).isFalse();
  }

  @Test
  default void anAnswerThatComesLateStillNegotiates() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()).answerTimeout(Duration.ofMillis(1)), trace);
    Connection<String> connection = Deadline.get("connect", client.connect());
    WirePeer peer = listener.accept();
    peer.welcome();
    peer.write(Wire.ping(42), Wire.frame("data"));
    assertThat(trace.messages.next()).isEqualTo("data");
    Frame pong = peer.read();
    assertThat(pong.isControl()).isTrue();
    assertThat(pong.kind()).isEqualTo(Wire.PONG);
    assertThat(connection.peer().negotiated()).isTrue();
    assertThat(trace.ready.count()).as("told once").isEqualTo(1);
    assertThat(connection.statistics().messagesIn()).isEqualTo(1);
  }

  @Test
  default void aRefusalThatComesLateIsStillARefusal() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()).answerTimeout(Duration.ofMillis(1)), trace);
    Deadline.get("connect", client.connect());
    WirePeer peer = listener.accept();
    peer.send("{\"type\":\"handshake-reject\",\"code\":\"E_UNAUTHORIZED\",\"reason\":\"no\"}");
    trace.closed.next();
    peer.close();
    assertThat(trace.end().code()).isEqualTo(ErrorCode.E_UNAUTHORIZED);
    assertThat(trace.messages.all()).isEmpty();
    assertThat(client.reconnects()).isZero();
  }

  @Test
  default void aClientMayLeaveNegotiationOut() throws Exception {
    WireListener listener = stage().wireListener();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()).negotiate(false), new ClientTrace<>());
    Connection<String> connection = Deadline.get("connect", client.connect());
    assertThat(connection.peer().negotiated()).isFalse();
    JsonNode handshake = listener.accept().read().json();
    assertThat(handshake.path("type").asText()).isEqualTo("handshake");
    assertThat(handshake.has("caps")).isFalse();
  }

  @Test
  default void framedPeersWithoutAnyHandshakeAreServed() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().withoutHandshake(), trace);
    WirePeer raw = stage().dial(server).send("first words");
    assertThat(raw.readText()).isEqualTo("first words");
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .connect(
                stage().client(server.port()).withoutHandshake().reconnect(ReconnectPolicy.NONE),
                clientTrace);
    client.send("from a client");
    assertThat(clientTrace.messages.next()).isEqualTo("from a client");
    assertThat(trace.connections.await(2)).allMatch(c -> c.peer().version().isEmpty());
  }
}
