package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Closing: what was accepted arrives first, for as long as the grace. */
interface CloseTopic extends Topic {
  int MESSAGES = 40;

  @Test
  default void whatAServerAcceptedArrivesBeforeItsEnd() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.flood(connection);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> server.close(Deadline.LONG));
    Deadline.until("sending to be refused", () -> !connection.isOpen());
    assertThat(connection.trySend(new byte[1])).isEqualTo(SendResult.CLOSED);
    for (int i = 0; i < sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
    peer.assertEnd();
    peer.close();
    Deadline.get("close", closing);
    assertThat(trace.closed.next().reason().isOrderly()).isTrue();
    Deadline.get("closed", server.closed());
  }

  @Test
  default void whatAClientAcceptedArrivesBeforeItsEnd() {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()), new ClientTrace<>());
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(client.trySend(Congestion.numbered(i))).isEqualTo(SendResult.SENT);
    }
    client.close(Deadline.LONG);
    assertThat(trace.closed.next().reason().isOrderly()).isTrue();
    List<byte[]> messages = trace.messages.all();
    assertThat(messages).hasSize(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      Congestion.assertNumber(messages.get(i), i);
    }
  }

  @Test
  default void whatWasAcceptedWhileClosingArrivesAndNothingElse() {
    ServerTrace<byte[]> serverTrace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), serverTrace);
    ClientTrace<byte[]> clientTrace = new ClientTrace<>();
    stage().connect(stage().client(Bytes.CODEC, server.port()), clientTrace);
    Connection<byte[]> connection = serverTrace.connections.next();
    List<CompletableFuture<Integer>> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(WirePeer.inBackground(() -> sendUntilClosed(connection)));
    }
    clientTrace.messages.await(100);
    connection.close();
    int accepted = 0;
    for (CompletableFuture<Integer> sender : senders) {
      accepted += Deadline.get("a sender", sender);
    }
    clientTrace.closed.next();
    assertThat(clientTrace.messages.count()).isEqualTo(accepted);
  }

  private static int sendUntilClosed(Connection<byte[]> connection) {
    int accepted = 0;
    SendResult result = SendResult.SENT;
    while (result != SendResult.CLOSED) {
      result = connection.send(Bytes.of(100), Deadline.LONG);
      accepted += result == SendResult.SENT ? 1 : 0;
    }
    return accepted;
  }

  @Test
  default void theGraceEndsAServersWaitForAPeerThatDoesNotRead() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    Congestion.fill(connection);
    CompletableFuture<Void> last = connection.sendAsync(new byte[100]);
    assertClosesWithin(Duration.ofMillis(300), server::close);
    assertThat(Deadline.failure("what was lost", last))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_CONNECTION_LOST));
    trace.closed.next();
  }

  @Test
  default void theGraceEndsAClientsWaitForAServerThatDoesNotRead() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<byte[]> trace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().make(stage().client(Bytes.CODEC, listener.port()), trace);
    CompletableFuture<Connection<byte[]>> ready = client.connect();
    listener.accept().welcome();
    Congestion.fill(Deadline.get("connect", ready));
    assertClosesWithin(Duration.ofMillis(300), client::close);
    assertThat(trace.end().isOrderly()).isTrue();
  }

  @Test
  default void aPeerThatDoesNotEndItsSideHoldsUpNobodyLongerThanTheGrace() throws Exception {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) { // the best of three: the machine may have other things to do
      ServerTrace<String> trace = new ServerTrace<>();
      QWormholeServer<String> server = stage().listen(stage().server(), trace);
      stage().dial(server).legacy();
      stage().dial(server); // not even a handshake
      trace.connections.next();
      Deadline.until("the other one", () -> server.statistics().pending() == 1);
      long start = System.nanoTime();
      server.close(Duration.ZERO);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    assertThat(shortest).isLessThan(TimeUnit.MILLISECONDS.toNanos(700));
  }

  /** A close that takes a grace. */
  interface Closing {
    void close(Duration grace);
  }

  private static void assertClosesWithin(Duration grace, Closing closing) {
    long start = System.nanoTime();
    closing.close(grace);
    assertThat(System.nanoTime() - start)
        .as("nanoseconds that a close with a grace of %s took", grace)
        .isLessThan(grace.toNanos() + TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  default void aConnectionCanCloseInsideItsHandler() throws Exception {
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            connection.send("bye");
            connection.close();
            connection.close("again");
          }
        };
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server).legacy().send("x");
    assertThat(peer.readText()).isEqualTo("bye");
    peer.assertEnd();
    assertThat(trace.closed.next().reason().isOrderly()).isTrue();
  }

  @Test
  default void endpointsCanCloseInsideTheirHandlers() throws Exception {
    CompletableFuture<QWormholeServer<String>> self = new CompletableFuture<>();
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            connection.send("bye");
            self.join().close();
          }
        };
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    CompletableFuture<QWormholeClient<String>> clientSelf = new CompletableFuture<>();
    ClientTrace<String> clientTrace =
        new ClientTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            clientSelf.join().close();
          }
        };
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), clientTrace);
    clientSelf.complete(client);
    self.complete(server);
    client.send("x");
    assertThat(clientTrace.end().isOrderly()).isTrue();
    Deadline.get("the client", client.closed());
    Deadline.get("the server", server.closed());
  }

  @Test
  default void closingAgainDoesNothing() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), clientTrace);
    List<CompletableFuture<Void>> closes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closes.add(CompletableFuture.runAsync(client::close));
      closes.add(CompletableFuture.runAsync(server::close));
    }
    closes.forEach(close -> Deadline.get("a close", close));
    client.close();
    server.close();
    assertThat(server.connections()).isEmpty();
    assertThat(server.connectionCount()).isZero();
    assertThat(client.connection()).isEmpty();
    assertThat(client.state()).isEqualTo(QWormholeClient.State.CLOSED);
    assertThat(client.connect()).as("what it was when it was first asked").isCompleted();
  }

  @Test
  default void eventsComeInOrder() {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), clientTrace);
    client.send("x");
    clientTrace.messages.next();
    client.close();
    trace.closed.next();
    server.close();
    assertThat(clientTrace.log.all())
        .containsExactly("connected", "ready", "message", "closed", "clientClosed");
    assertThat(trace.log.all())
        .containsExactly("listening", "connection", "message", "closed", "serverClosed");
  }
}
