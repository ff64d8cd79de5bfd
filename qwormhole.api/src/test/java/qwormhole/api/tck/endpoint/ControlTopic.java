package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;

/** Control frames between peers that have negotiated them. */
interface ControlTopic extends Topic {
  int MOST_CONTROL_FRAMES = 200;
  int MOST_CONTROL_BYTES = 64 << 10;

  @Test
  default void aServerAnswersPings() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    peer.write(Wire.ping(Long.MIN_VALUE), Wire.ping(7), Wire.frame("x"));
    assertPong(peer.read(), Long.MIN_VALUE);
    assertPong(peer.read(), 7);
    assertThat(peer.readText()).isEqualTo("x");
    assertThat(trace.messages.all()).containsExactly("x");
  }

  @Test
  default void aClientAnswersPings() throws Exception {
    WireListener listener = stage().wireListener();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()), new ClientTrace<>());
    CompletableFuture<Connection<String>> ready = client.connect();
    WirePeer peer = listener.accept();
    peer.welcome();
    peer.write(Wire.ping(42)); // perhaps in one segment with the answer
    assertPong(peer.read(), 42);
    Deadline.get("connect", ready);
  }

  private static void assertPong(Frame frame, long token) {
    assertThat(frame.isControl()).as("%s instead of a PONG", frame).isTrue();
    assertThat(frame.kind()).isEqualTo(Wire.PONG);
    assertThat(frame.token()).isEqualTo(token);
  }

  @Test
  default void aPongOvertakesQueuedMessages() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.flood(connection);
    long bytesIn = connection.statistics().bytesIn();
    peer.write(Wire.ping(1));
    Deadline.until("the ping to arrive", () -> connection.statistics().bytesIn() > bytesIn);
    int before = 0;
    Frame frame = peer.read();
    while (!frame.isControl()) {
      Congestion.assertNumber(frame.payload(), before++);
      frame = peer.read();
    }
    assertPong(frame, 1);
    assertThat(before).as("messages before the PONG, of %d", sent).isLessThan(sent - 20);
    for (int i = before; i < sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
  }

  @Test
  default void pongsAndAcksThatNobodyAskedForDoNoHarm() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    peer.write(Wire.control(Wire.PONG, new byte[8]), Wire.frame("x"));
    assertThat(peer.readText()).isEqualTo("x");
  }

  /** What no peer may send, even after negotiation. */
  static Stream<byte[]> broken() {
    byte[][] flood = new byte[MOST_CONTROL_FRAMES + 1][];
    java.util.Arrays.fill(flood, Wire.control(Wire.PONG, new byte[8]));
    return Stream.of(
        Wire.control(77, new byte[8]),
        Wire.control(0, new byte[0]),
        Wire.control(Wire.PING, new byte[3]),
        Wire.control(Wire.PONG, new byte[9]),
        Wire.control(Wire.GOAWAY, new byte[1]),
        Wire.word(0x80000000),
        Wire.word(0xFFFFFFFF),
        Wire.word(0x80000000 | (MOST_CONTROL_BYTES + 1)),
        Wire.concat(flood));
  }

  @ParameterizedTest
  @MethodSource("broken")
  default void aServerClosesOnABrokenControlFrame(byte[] bytes) throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    peer.write(bytes, Wire.frame("after"));
    assertBroken(trace);
    peer.awaitEnd();
    assertThat(trace.messages.all()).isEmpty();
    new Bystander(stage(), server.port()).assertServed();
  }

  @ParameterizedTest
  @MethodSource("broken")
  default void aClientClosesOnABrokenControlFrame(byte[] bytes) throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    var options = stage().client(listener.port()).reconnect(ReconnectPolicy.NONE);
    var unused = stage().make(options, trace).connect();
    WirePeer peer = listener.accept();
    peer.welcome();
    peer.write(bytes, Wire.frame("after"));
    assertBroken(trace);
    peer.awaitEnd();
    assertThat(trace.messages.all()).isEmpty();
  }

  private static void assertBroken(Trace<String> trace) {
    CloseReason reason = trace.closed.next().reason();
    assertThat(reason.code()).isEqualTo(ErrorCode.E_PROTOCOL_ERROR);
    assertThat(reason.initiator()).isEqualTo(Initiator.LOCAL);
  }

  @Test
  default void controlFramesUpToTheLimitAreAllowed() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    for (int i = 0; i < MOST_CONTROL_FRAMES; i++) {
      peer.write(Wire.control(Wire.PONG, new byte[8]));
    }
    assertThat(peer.send("x").readText()).isEqualTo("x");
  }

  @Test
  default void aControlFrameWithoutNegotiationEndsTheConnection() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server).legacy();
    peer.write(Wire.ping(1), Wire.frame("after"));
    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
    assertThat(peer.awaitEnd()).isEmpty();
    assertThat(trace.messages.all()).isEmpty();
  }

  @Test
  default void aNegotiatedPeerIsToldWhyTheConnectionCloses() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    Connection<String> connection = trace.connections.next();
    connection.send("last words");
    connection.close("maintenance");
    assertThat(peer.readText()).isEqualTo("last words");
    Frame goAway = peer.read();
    assertThat(goAway.kind()).isEqualTo(Wire.GOAWAY);
    assertThat(goAway.reason()).isEqualTo("maintenance");
    peer.assertEnd();
  }

  @Test
  default void theReasonOfAServersCloseIsSeenByTheClient() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), serverTrace);
    ClientTrace<String> one = new ClientTrace<>();
    ClientTrace<String> two = new ClientTrace<>();
    stage().connect(stage().client(server.port()), one);
    serverTrace.connections.next().close("moving on");
    CloseReason byConnection = one.closed.next().reason();
    assertThat(byConnection.initiator()).isEqualTo(Initiator.PEER);
    assertThat(byConnection.isOrderly()).isTrue();
    assertThat(byConnection.detail()).isEqualTo("moving on");
    stage().connect(stage().client(server.port()), two);
    server.close();
    assertThat(two.closed.next().reason().detail()).isEqualTo("the server closes");
  }
}
