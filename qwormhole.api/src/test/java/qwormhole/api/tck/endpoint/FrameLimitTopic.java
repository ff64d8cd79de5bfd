package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;

/** A length over the limit ends the connection; nothing after it is ever delivered. */
interface FrameLimitTopic extends Topic {
  int LIMIT = 1000;
  int FIRST_FRAME_LIMIT = 16 << 10;

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, LIMIT + 1})
  default void aServerClosesOnAFrameThatIsTooLarge(int word) throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().maxFrameBytes(LIMIT), trace);
    Bystander bystander = new Bystander(stage(), server.port());
    WirePeer peer = stage().dial(server).legacy();
    peer.write(Wire.frame("before"), Wire.word(word), Wire.frame("after"), Wire.frame("after"));
    var end = trace.closed.next();
    assertThat(end.reason().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
    assertThat(end.reason().initiator()).isEqualTo(Initiator.LOCAL);
    peer.awaitEnd();
    bystander.assertServed();
    assertThat(withoutBystander(trace.messages.all())).containsExactly("before");
    assertThat(trace.errors.all())
        .extracting(error -> error.code())
        .containsExactly(ErrorCode.E_FRAME_TOO_LARGE);
  }

  private static List<String> withoutBystander(List<String> messages) {
    return messages.stream().filter(message -> !message.startsWith(Bystander.NAME)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, FIRST_FRAME_LIMIT + 1})
  default void aFirstFrameThatIsTooLargeIsNoHandshake(int word) throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.write(Wire.word(word), new byte[100], Wire.frame(Wire.LEGACY_HANDSHAKE));
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
    assertThat(peer.awaitEnd()).isEmpty();
    new Bystander(stage(), server.port()).assertServed();
    assertThat(trace.connections.count()).as("only the bystander").isEqualTo(1);
    assertThat(server.statistics().rejected()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, LIMIT + 1})
  default void aClientClosesOnAFrameThatIsTooLarge(int word) throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    var options =
        stage().client(listener.port()).maxFrameBytes(LIMIT).reconnect(ReconnectPolicy.NONE);
    var unused = stage().make(options, trace).connect();
    WirePeer peer = listener.accept();
    peer.read();
    peer.write(Wire.frame("before"), Wire.word(word), Wire.frame("after"), Wire.frame("after"));
    var end = trace.closed.next();
    assertThat(end.reason().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
    assertThat(end.reason().initiator()).isEqualTo(Initiator.LOCAL);
    peer.awaitEnd();
    peer.close();
    assertThat(trace.end().code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE);
    assertThat(trace.messages.all()).containsExactly("before");
  }

  @Test
  default void theLargestFrameIsAllowedBothWays() throws Exception {
    ServerTrace<byte[]> trace = ServerTrace.echo();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).maxFrameBytes(LIMIT), trace);
    WirePeer peer = stage().dial(server).legacy();
    peer.write(Wire.frame(Bytes.of(LIMIT)));
    Bytes.assertSame(peer.readMessage(), Bytes.of(LIMIT));
  }
}
