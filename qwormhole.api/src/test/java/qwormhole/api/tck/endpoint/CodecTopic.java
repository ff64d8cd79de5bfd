package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Codecs in both directions, and what their failures do: nothing to the connection. */
interface CodecTopic extends Topic {

  @Test
  default void textComesBack() {
    assertEchoed(
        Codec.text(), List.of("", "text", "\u00fcber \u4e16\u754c \ud83d\ude80 \u0000 end"));
  }

  @Test
  @SuppressWarnings("rawtypes")
  default void jsonComesBack() {
    Codec<Map> codec = Codec.json(Map.class);
    assertEchoed(codec, List.of(Map.of("a", 1, "b", List.of("x", true)), Map.of()));
  }

  @Test
  @SuppressWarnings("rawtypes")
  default void cborComesBack() {
    Codec<Map> codec;
    try {
      codec = Codec.cbor(Map.class);
    } catch (IllegalStateException missing) {
      codec = abort(missing.getMessage());
    }
    assertEchoed(codec, List.of(Map.of("a", 1, "b", List.of("x", true)), Map.of()));
  }

  @Test
  default void anApplicationsOwnCodecIsUsed() {
    assertEchoed(
        Codec.<Long>of(
            number -> ByteBuffer.allocate(8).putLong(number).flip(), view -> view.getLong()),
        List.of(0L, Long.MIN_VALUE));
  }

  private <M> void assertEchoed(Codec<M> codec, List<M> messages) {
    QWormholeServer<M> server = stage().listen(stage().server(codec), ServerTrace.echo());
    ClientTrace<M> trace = new ClientTrace<>();
    QWormholeClient<M> client = stage().connect(stage().client(codec, server.port()), trace);
    for (M message : messages) {
      client.send(message);
    }
    assertThat(trace.messages.await(messages.size())).isEqualTo(messages);
  }

  /** Fails on the word "bad", whichever way it goes. */
  private static Codec<String> fragile() {
    return Codec.of(
        text -> ByteBuffer.wrap(check(text).getBytes(StandardCharsets.UTF_8)),
        view -> check(StandardCharsets.UTF_8.decode(view).toString()));
  }

  private static String check(String text) {
    if (text.equals("bad")) {
      throw new IllegalArgumentException("bad");
    }
    return text;
  }

  @Test
  default void aMessageThatCannotBeEncodedIsTheSendersError() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(fragile()), serverTrace);
    QWormholeClient<String> client =
        stage().connect(stage().client(fragile(), server.port()), new ClientTrace<>());
    assertCodecError(() -> client.trySend("bad"));
    assertCodecError(() -> client.send("bad", Deadline.LONG));
    assertCodecError(() -> client.send("bad"));
    assertCodecError(() -> client.batch().trySend("bad"));
    assertCodecError(() -> server.broadcast("bad"));
    assertThat(Deadline.failure("the future", client.sendAsync("bad")))
        .isInstanceOfSatisfying(
            QWormholeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_CODEC));
    client.send("good");
    assertThat(serverTrace.messages.await(1)).containsExactly("good");
  }

  private static void assertCodecError(Runnable send) {
    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(send::run)
        .withCauseInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.E_CODEC));
  }

  @Test
  default void aMessageThatCannotBeDecodedIsReportedAndTheNextArrives() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(fragile()), serverTrace);
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()), new ClientTrace<>());
    client.send("bad");
    client.send("good");
    assertThat(serverTrace.messages.await(1)).containsExactly("good");
    assertThat(serverTrace.errors.next().code()).isEqualTo(ErrorCode.E_CODEC);
    assertThat(serverTrace.connections.next().isOpen()).isTrue();
  }

  @Test
  default void aClientReportsWhatItCannotDecodeAndGetsTheNext() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage().connect(stage().client(fragile(), server.port()), clientTrace);
    Connection<String> connection = serverTrace.connections.next();
    connection.send("bad");
    connection.send("good");
    assertThat(clientTrace.messages.await(1)).containsExactly("good");
    assertThat(clientTrace.errors.next().code()).isEqualTo(ErrorCode.E_CODEC);
    assertThat(connection.isOpen()).isTrue();
  }
}
