package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.SendResult;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Connecting, failing to, and coming back. */
interface ConnectTopic extends Topic {
  ReconnectPolicy SOON =
      new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(40), 2, 10_000);

  /** A port on which nobody listens. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  default void aClientTriesAsOftenAsItMayAndWaitsLongerEachTime() throws Exception {
    ReconnectPolicy policy =
        new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(30), 2, 4);
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(freePort()).reconnect(policy), trace);
    assertFails(ErrorCode.E_CONNECT_FAILED, client.connect());
    assertThat(trace.end().code()).isEqualTo(ErrorCode.E_CONNECT_FAILED);
    assertFails(ErrorCode.E_CONNECT_FAILED, client.closed());
    int[] boundMillis = {10, 20, 30, 30};
    assertThat(trace.retries.all()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      var retry = trace.retries.all().get(i);
      assertThat(retry.attempt()).isEqualTo(i + 1);
      assertThat(retry.delay()).isBetween(Duration.ZERO, Duration.ofMillis(boundMillis[i]));
    }
    assertThat(trace.errors.all())
        .hasSize(5)
        .allMatch(error -> error.code() == ErrorCode.E_CONNECT_FAILED);
    assertThat(client.reconnects()).isEqualTo(4);
    assertThat(client.state()).isEqualTo(QWormholeClient.State.CLOSED);
    assertThat(trace.connected.all()).isEmpty();
    assertThat(client.trySend("x")).isEqualTo(SendResult.CLOSED);
  }

  private static void assertFails(ErrorCode code, Future<?> future) {
    assertThat(Deadline.failure("a future", future))
        .isInstanceOfSatisfying(
            QWormholeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  default void aClientWithoutReconnectTriesOnce() throws Exception {
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(freePort()).reconnect(ReconnectPolicy.NONE), trace);
    assertFails(ErrorCode.E_CONNECT_FAILED, client.connect());
    trace.end();
    assertThat(trace.log.all()).containsExactly("error", "clientClosed");
    assertThat(client.reconnects()).isZero();
  }

  @Test
  default void aClientWaitsForItsServerToCome() throws Exception {
    int port = freePort();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client = stage().make(stage().client(port).reconnect(SOON), trace);
    CompletableFuture<Connection<String>> ready = client.connect();
    assertThat(client.connect()).isNotDone();
    trace.retries.await(3);
    assertThat(client.trySend("x")).isEqualTo(SendResult.NOT_CONNECTED);
    stage().listen(stage().server().port(port), ServerTrace.echo());
    Deadline.get("connect", ready);
    client.send("y");
    assertThat(trace.messages.next()).isEqualTo("y");
  }

  @Test
  default void aClientComesBackToAServerThatIsStartedAgain() {
    ServerTrace<String> first = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), first);
    int port = server.port();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(port).reconnect(SOON), trace);
    Connection<String> old = trace.ready.next();
    server.close();
    assertThat(trace.closed.next().reason().isOrderly()).isTrue();
    trace.retries.await(2);
    assertThat(client.trySend("x")).isEqualTo(SendResult.NOT_CONNECTED);
    assertThat(client.connection()).isEmpty();
    assertThat(client.state())
        .isIn(QWormholeClient.State.RECONNECTING, QWormholeClient.State.CONNECTING);
    ServerTrace<String> second = ServerTrace.echo();
    QWormholeServer<String> again = stage().listen(stage().server().port(port), second);
    Connection<String> fresh = trace.ready.next();
    assertThat(fresh).isNotSameAs(old);
    assertThat(old.isOpen()).isFalse();
    client.send("y");
    assertThat(trace.messages.next()).isEqualTo("y");
    int before = trace.retries.count();
    again.connections().forEach(connection -> connection.close("once more"));
    trace.ready.next();
    assertThat(trace.retries.all().get(before).attempt()).as("counted anew").isEqualTo(1);
    assertThat(client.reconnects()).isEqualTo(trace.retries.count());
    assertThat(client.state()).isEqualTo(QWormholeClient.State.READY);
  }

  @Test
  default void aClientWithoutReconnectEndsWithItsConnection() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).reconnect(ReconnectPolicy.NONE), trace);
    serverTrace.connections.next().close("enough");
    assertThat(trace.end().detail()).isEqualTo("enough");
    Deadline.get("an orderly end", client.closed());
    assertThat(trace.retries.all()).isEmpty();
  }

  @Test
  default void aConnectThatIsNotAnsweredTimesOut() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full);
      ClientTrace<String> trace = new ClientTrace<>();
      QWormholeClient<String> client =
          stage()
              .make(
                  stage()
                      .client(full.getLocalPort())
                      .connectTimeout(Duration.ofMillis(100))
                      .reconnect(
                          new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1, 1)),
                  trace);
      assertFails(ErrorCode.E_CONNECT_TIMEOUT, client.connect());
      assertThat(trace.errors.await(2))
          .allMatch(error -> error.code() == ErrorCode.E_CONNECT_TIMEOUT);
      assertThat(trace.retries.count()).isEqualTo(1);
    }
  }

  /** Until the kernel drops what else would connect. */
  private void fill(ServerSocket listener) throws IOException {
    for (int i = 0; i < 20; i++) {
      try {
        Socket socket = stage().add(new Socket());
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    abort("this system lets more connect than a listener's backlog says");
  }

  @Test
  default void aHostThatCannotBeResolvedIsAFailureToConnect() {
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(1).host("nosuchhost.invalid").reconnect(ReconnectPolicy.NONE),
                trace);
    assertFails(ErrorCode.E_CONNECT_FAILED, client.connect());
    assertThat(trace.end().detail()).contains("nosuchhost.invalid");
  }

  @Test
  default void aClientCanBeClosedWhileItConnectsOrWaits() throws Exception {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    int nobody = freePort();
    for (int i = 0; i < 60; i++) {
      ClientTrace<String> trace = new ClientTrace<>();
      int port = i % 2 == 0 ? server.port() : nobody;
      QWormholeClient<String> client = stage().make(stage().client(port).reconnect(SOON), trace);
      CompletableFuture<Connection<String>> ready = client.connect();
      if (i % 3 == 0) {
        Deadline.until("something", () -> trace.log.count() > 0);
      }
      client.close();
      assertThat(trace.end().isOrderly()).isTrue();
      assertThat(ready).isDone();
      assertThat(client.state()).isEqualTo(QWormholeClient.State.CLOSED);
    }
    Deadline.until("the server to forget them", () -> server.connectionCount() == 0);
  }
}
