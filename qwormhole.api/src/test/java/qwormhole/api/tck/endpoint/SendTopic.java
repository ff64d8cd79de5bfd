package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import qwormhole.api.Batch;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.SendResult;
import qwormhole.api.Sender;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** The forms of send, and what each says when it refuses. */
interface SendTopic extends Topic {
  int LIMIT = 1000;

  @Test
  default void everyFormOfSendArrivesInOrder() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), clientTrace);
    sendInEveryForm(client);
    sendInEveryForm(serverTrace.connections.next());
    String[] expected = {
      "try", "priority", "throwing", "waiting", "future", "b1", "b2", "b3", "last"
    };
    assertThat(serverTrace.messages.await(expected.length)).containsExactly(expected);
    assertThat(clientTrace.messages.await(expected.length)).containsExactly(expected);
  }

  private static void sendInEveryForm(Sender<String> sender) {
    assertThat(sender.trySend("try")).isEqualTo(SendResult.SENT);
    assertThat(sender.trySend("priority", 0)).isEqualTo(SendResult.SENT);
    sender.send("throwing");
    assertThat(sender.send("waiting", Deadline.LONG)).isEqualTo(SendResult.SENT);
    Deadline.get("the bytes to be with the kernel", sender.sendAsync("future"));
    try (Batch<String> batch = sender.batch()) {
      assertThat(batch.trySend("b1")).isEqualTo(SendResult.SENT);
      assertThat(batch.send("b2", Deadline.LONG)).isEqualTo(SendResult.SENT);
      batch.flush();
      assertThat(batch.trySend("b3")).isEqualTo(SendResult.SENT);
    }
    sender.send("last");
  }

  @Test
  default void whatIsTooLargeIsRefusedAndNothingIsWritten() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).maxFrameBytes(LIMIT), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    byte[] tooLarge = new byte[LIMIT + 1];
    assertThat(connection.trySend(tooLarge)).isEqualTo(SendResult.TOO_LARGE);
    assertThat(connection.send(tooLarge, Deadline.LONG)).isEqualTo(SendResult.TOO_LARGE);
    assertRefused(ErrorCode.E_FRAME_TOO_LARGE, () -> connection.send(tooLarge));
    assertThat(Deadline.failure("a future", connection.sendAsync(tooLarge)))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_FRAME_TOO_LARGE));
    try (Batch<byte[]> batch = connection.batch()) {
      assertThat(batch.trySend(tooLarge)).isEqualTo(SendResult.TOO_LARGE);
    }
    assertThat(connection.statistics().messagesOut()).isZero();
    assertThat(connection.statistics().bytesOut()).isZero();
    connection.send(Bytes.of(LIMIT));
    Bytes.assertSame(peer.readMessage(), Bytes.of(LIMIT));
  }

  @Test
  default void aClientThatWasNeverConnectedSaysSo() {
    QWormholeClient<String> client = stage().make(stage().client(1), new ClientTrace<>());
    assertAbsent(client, SendResult.NOT_CONNECTED, ErrorCode.E_NOT_CONNECTED);
    client.close();
    assertAbsent(client, SendResult.CLOSED, ErrorCode.E_CLOSED);
  }

  @Test
  default void aClosedConnectionSaysSo() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    QWormholeClient<String> client =
        stage()
            .connect(
                stage().client(server.port()).reconnect(ReconnectPolicy.NONE), new ClientTrace<>());
    Connection<String> connection = trace.connections.next();
    assertThat(connection.isOpen()).isTrue();
    connection.close();
    trace.closed.next();
    assertThat(connection.isOpen()).isFalse();
    assertAbsent(connection, SendResult.CLOSED, ErrorCode.E_CLOSED);
    Deadline.until("the client to close", () -> client.state() == QWormholeClient.State.CLOSED);
    assertAbsent(client, SendResult.CLOSED, ErrorCode.E_CLOSED);
  }

  private static void assertAbsent(Sender<String> sender, SendResult result, ErrorCode code) {
    assertThat(sender.trySend("x")).isEqualTo(result);
    assertThat(sender.send("x", Duration.ofSeconds(1))).isEqualTo(result);
    assertRefused(code, () -> sender.send("x"));
    assertThat(Deadline.failure("a future", sender.sendAsync("x")))
        .isInstanceOfSatisfying(
            QWormholeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable send) {
    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(send)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  default void theFutureOfALostMessageFails() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    Congestion.fill(connection);
    var last = connection.sendAsync(new byte[100]);
    peer.reset();
    assertThat(Deadline.failure("the future", last))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_CONNECTION_LOST));
  }
}
