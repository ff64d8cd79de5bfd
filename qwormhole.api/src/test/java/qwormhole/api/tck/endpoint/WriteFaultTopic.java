package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;

/** A transport that reads, and whose writes hang, throw or take nothing. */
interface WriteFaultTopic extends Topic {

  /** It takes about a second, on a machine that has time. */
  Duration SOON = Duration.ofSeconds(10);

  private WriteFault fault(String provider, WriteFault.Kind kind) {
    WriteFault fault = new WriteFault(provider, kind);
    stage().addLast(fault);
    return fault;
  }

  private QWormholeRuntime runtime(WriteFault fault) {
    QWormholeRuntime runtime = new QWormholeRuntime(defaults -> {}, fault);
    stage().addEndpoint(runtime);
    return runtime;
  }

  private WriteFault none() {
    return fault("none", WriteFault.Kind.THROWS);
  }

  private static void assertFailedOver(Trace<?> trace, long strikeNanos) {
    assertThat(Duration.ofNanos(System.nanoTime() - strikeNanos)).isLessThan(SOON);
    assertThat(trace.errors.all())
        .anySatisfy(error -> assertThat(error.code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED));
  }

  @ParameterizedTest
  @EnumSource(WriteFault.Kind.class)
  default void clientsEchoAgainWhenTheServersLoopsCannotWrite(WriteFault.Kind kind) {
    ServerOptions<String> options = TwoProviders.server(stage()).autoPause(true).loops(2).build();
    WriteFault fault = fault(stage().serverProvider(), kind);
    ServerTrace<String> trace = ServerTrace.echo();
    stage().watch(trace);
    QWormholeServer<String> server = runtime(fault).listen(options, trace);
    QWormholeRuntime sound = runtime(none());
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      EchoingClient client = new EchoingClient("c" + i);
      clients.add(client);
      stage().watch(client);
      client.start(sound, stage().client(server.port()).reconnect(FailoverTopic.SOON).build());
    }
    clients.forEach(client -> client.messages.await(10)); // each has something to lose
    long struck = System.nanoTime();
    fault.strike();
    trace.failovers.next();
    assertFailedOver(trace, struck);
    clients.forEach(EchoingClient::awaitEchoAfterLoss);
    fault.close(); // those that come back late are not heard
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
    assertThat(trace.failovers.all()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(WriteFault.Kind.class)
  default void clientsComeBackOverAnotherProviderWhenTheirLoopCannotWrite(WriteFault.Kind kind) {
    QWormholeServer<String> server =
        stage().listen(stage().server().autoPause(true), ServerTrace.echo());
    WriteFault fault = fault(stage().clientProvider(), kind);
    QWormholeRuntime runtime = runtime(fault);
    ClientOptions<String> options = TwoProviders.client(stage(), server.port()).build();
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      EchoingClient client = new EchoingClient("c" + i);
      clients.add(client);
      stage().watch(client);
      client.start(runtime, options);
      client.messages.await(10);
    }
    long struck = System.nanoTime();
    fault.strike();
    for (EchoingClient client : clients) {
      client.failovers.next();
      assertFailedOver(client, struck);
      client.awaitEchoAfterLoss();
    }
    fault.close();
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
  }

  @ParameterizedTest
  @EnumSource(WriteFault.Kind.class)
  default void aServerWhoseSendersCannotWriteFailsOver(WriteFault.Kind kind) throws Exception {
    ServerOptions<String> options = TwoProviders.server(stage()).build();
    WriteFault fault = fault(stage().serverProvider(), kind);
    ServerTrace<String> atServer = new ServerTrace<>();
    stage().watch(atServer);
    QWormholeServer<String> server = runtime(fault).listen(options, atServer);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(stage().client(server.port()).reconnect(FailoverTopic.SOON), atClient);
    Connection<String> connection = atServer.connections.next();
    long struck = System.nanoTime();
    fault.strike();
    var sender = WirePeer.inBackground(() -> connection.trySend("into the fault"));
    atServer.failovers.next();
    assertFailedOver(atServer, struck);
    Connection<String> again = atServer.connections.next();
    assertThat(again.send("after", Deadline.LONG)).isEqualTo(SendResult.SENT);
    assertThat(atClient.messages.next()).isEqualTo("after");
    fault.close();
    Deadline.get("the sender", sender);
  }

  @ParameterizedTest
  @EnumSource(WriteFault.Kind.class)
  default void aResumableSessionGoesOnWithoutLossWhenTheServerCannotWrite(WriteFault.Kind kind)
      throws Exception {
    goOn(
        fault(stage().serverProvider(), kind),
        none(),
        TwoProviders.server(stage()),
        TwoProviders.client(stage(), 0));
  }

  @ParameterizedTest
  @EnumSource(WriteFault.Kind.class)
  default void aResumableSessionGoesOnWithoutLossWhenTheClientCannotWrite(WriteFault.Kind kind)
      throws Exception {
    goOn(
        none(),
        fault(stage().clientProvider(), kind),
        TwoProviders.server(stage()),
        TwoProviders.client(stage(), 0));
  }

  @Test
  default void aResumableSessionGoesOnOverTlsWhenWritesOfTheServerHang() throws Exception {
    goOn(
        fault(stage().serverProvider(), WriteFault.Kind.HANGS),
        none(),
        TwoProviders.server(stage()).tls(TlsCertificates.server()),
        TwoProviders.client(stage(), 0).tls(TlsCertificates.client().build()));
  }

  @Test
  default void aResumableSessionGoesOnOverTlsWhenWritesOfTheClientHang() throws Exception {
    goOn(
        none(),
        fault(stage().clientProvider(), WriteFault.Kind.HANGS),
        TwoProviders.server(stage()).tls(TlsCertificates.server()),
        TwoProviders.client(stage(), 0).tls(TlsCertificates.client().build()));
  }

  /** Both sides send all the time, from threads of their own; one is struck, and later wakes. */
  private void goOn(
      WriteFault ofServer,
      WriteFault ofClient,
      ServerOptions.Builder<String> serverOptions,
      ClientOptions.Builder<String> clientOptions)
      throws Exception {
    int count = 3000;
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().watch(atServer);
    stage().watch(atClient);
    QWormholeServer<String> server =
        runtime(ofServer).listen(serverOptions.resumable(true).build(), atServer);
    QWormholeClient<String> client =
        runtime(ofClient)
            .client(clientOptions.port(server.port()).resumable(true).build(), atClient);
    Connection<String> here = Deadline.get("connect", client.connect());
    Connection<String> there = atServer.connections.next();
    var struck = new CountDownLatch(1);
    var up = WirePeer.inBackground(() -> sendAll(here, count, struck));
    var down = WirePeer.inBackground(() -> sendAll(there, count, struck));
    atServer.messages.await(count / 3);
    atClient.messages.await(count / 3);
    ofServer.strike();
    ofClient.strike();
    struck.countDown();
    atClient.resumed.await(1);
    ofServer.close(); // what wakes late writes nothing that anybody reads
    ofClient.close();
    Deadline.get("the client's messages", up);
    Deadline.get("the server's messages", down);
    List<String> all = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    assertThat(atServer.messages.await(count)).isEqualTo(all);
    assertThat(atClient.messages.await(count)).isEqualTo(all);
    assertThat(client.connection()).containsSame(here);
    assertThat(atClient.closed.count() + atServer.closed.count()).isZero();
    assertThat(atServer.failovers.count() + atClient.failovers.count()).isOne();
  }

  /** A third of them before the fault. */
  private static Void sendAll(Connection<String> connection, int count, CountDownLatch struck)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      if (i == count / 3) {
        struck.await();
      }
      assertThat(connection.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    return null;
  }
}
