package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;

/** Peers that go, in order or not. */
interface PeerEndTopic extends Topic {

  @Test
  default void whatAPeerSentBeforeItsEndIsDelivered() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.write(Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("one"), Wire.frame("two"));
    peer.socket.shutdownOutput();
    CloseReason reason = trace.closed.next().reason();
    assertThat(reason.isOrderly()).isTrue();
    assertThat(reason.initiator()).isEqualTo(Initiator.PEER);
    assertThat(trace.messages.all()).containsExactly("one", "two");
    assertThat(trace.errors.all()).isEmpty();
    peer.assertEnd();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 99})
  default void aFrameThatIsCutOffByTheEndIsNotDelivered(int bytes) throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    byte[] frame = Wire.frame(new byte[96]);
    WirePeer peer = stage().dial(server);
    peer.write(
        Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame(new byte[1]), Arrays.copyOf(frame, bytes));
    peer.close();
    CloseReason reason = trace.closed.next().reason();
    assertThat(reason.code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(reason.initiator()).isEqualTo(Initiator.PEER);
    assertThat(trace.messages.all()).hasSize(1);
  }

  @Test
  default void aHandshakeThatIsCutOffIsNotAccepted() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    byte[] handshake = Wire.frame(Wire.LEGACY_HANDSHAKE);
    stage().dial(server).write(Arrays.copyOf(handshake, 20)).close();
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(trace.connections.all()).isEmpty();
    Deadline.until("it to be forgotten", () -> server.statistics().pending() == 0);
  }

  @Test
  default void aResetEndsOneConnectionOnly() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    Bystander bystander = new Bystander(stage(), server.port());
    trace.connections.next();
    WirePeer peer = stage().dial(server).legacy();
    Connection<String> connection = trace.connections.next();
    peer.reset();
    var end = trace.closed.next();
    assertThat(end.connection()).isSameAs(connection);
    assertThat(end.reason().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(end.reason().initiator()).isEqualTo(Initiator.NETWORK);
    bystander.assertServed();
  }

  @Test
  default void aResetByAPeerThatDidNotReadEndsOneConnectionOnly() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    Congestion.flood(connection);
    WirePeer other = stage().dial(server).legacy();
    trace.connections.next();
    peer.reset();
    var end = trace.closed.next();
    assertThat(end.connection()).isSameAs(connection);
    assertThat(end.reason().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(connection.statistics().queuedBytes()).isZero();
    server.broadcast(Bytes.of(100));
    Bytes.assertSame(other.readMessage(), Bytes.of(100));
  }

  @Test
  default void aClientSeesAServersResetAndAFrameCutOff() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> reset = new ClientTrace<>();
    ClientTrace<String> cut = new ClientTrace<>();
    var options = stage().client(listener.port()).reconnect(ReconnectPolicy.NONE);
    var first = stage().make(options, reset).connect();
    WirePeer peer = listener.accept();
    peer.welcome();
    Deadline.get("connect", first);
    peer.reset();
    assertThat(reset.closed.next().reason().initiator()).isEqualTo(Initiator.NETWORK);
    assertThat(reset.end().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    var second = stage().make(options, cut).connect();
    peer = listener.accept();
    peer.welcome();
    Deadline.get("connect", second);
    peer.write(Wire.frame("whole"), Wire.word(10), new byte[9]);
    peer.close();
    assertThat(cut.closed.next().reason().initiator()).isEqualTo(Initiator.PEER);
    assertThat(cut.end().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(cut.messages.all()).containsExactly("whole");
  }
}
