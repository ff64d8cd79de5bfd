package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.telemetry.TelemetryEvent;

/** A loop that hangs in its provider's code, or that a handler keeps from its work. */
interface HangTopic extends Topic {

  /** It takes about a second, on a machine that has time. */
  Duration SOON = Duration.ofSeconds(10);

  private Hang hang(String provider) {
    Hang hang = new Hang(provider);
    stage().addLast(hang);
    return hang;
  }

  private QWormholeRuntime runtime(Hang hang) {
    QWormholeRuntime runtime = new QWormholeRuntime(defaults -> {}, hang);
    stage().addEndpoint(runtime);
    return runtime;
  }

  private QWormholeServer<String> listen(
      QWormholeRuntime runtime, ServerOptions.Builder<String> options, ServerTrace<String> trace) {
    stage().watch(trace);
    return runtime.listen(options.build(), trace);
  }

  private QWormholeClient<String> client(
      QWormholeRuntime runtime, ClientOptions.Builder<String> options, ClientTrace<String> trace) {
    stage().watch(trace);
    return runtime.client(options.build(), trace);
  }

  private ServerOptions.Builder<String> server() {
    return TwoProviders.server(stage());
  }

  private ClientOptions.Builder<String> client(int port) {
    return TwoProviders.client(stage(), port);
  }

  private static List<QWormholeException> failuresOfProviders(Trace<?> trace) {
    return trace.errors.all().stream()
        .filter(error -> error.code() == ErrorCode.E_PROVIDER_FAILED)
        .toList();
  }

  @Test
  default void clientsEchoAgainWhenALoopOfTheServersTransportHangs() {
    Hang hang = hang(stage().serverProvider());
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        listen(runtime(hang), server().autoPause(true).loops(2), trace);
    QWormholeServer<String> other = stage().listen(stage().server(), ServerTrace.echo());
    Bystander bystander = new Bystander(stage(), other.port());
    InetSocketAddress address = server.address();
    String mode = server.mode();
    QWormholeRuntime sound = runtime(hang("none"));
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(new EchoingClient("c" + i));
      stage().watch(clients.get(i));
      clients
          .get(i)
          .start(sound, stage().client(server.port()).reconnect(FailoverTopic.SOON).build());
    }
    clients.forEach(client -> client.messages.await(10)); // each has something to lose

    hang.strike();
    long start = System.nanoTime();
    ProviderReport report = trace.failovers.next();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    clients.forEach(EchoingClient::awaitEchoAfterLoss);
    bystander.assertServed();
    assertThat(server.address()).isEqualTo(address);
    assertThat(server.mode()).isEqualTo(report.mode()).isNotEqualTo(mode);

    hang.close(); // it wakes up late, and is not heard
    hang.threads().forEach(HangTopic::awaitEnd);
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
    assertThat(failuresOfProviders(trace))
        .singleElement()
        .satisfies(
            error ->
                assertThat(error)
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("has hung for")
                    .hasMessageContaining("qwormhole-server"));
    assertThat(trace.failovers.all()).hasSize(1);
  }

  private static void awaitEnd(Thread thread) {
    Deadline.until("the end of " + thread, () -> !thread.isAlive());
  }

  @Test
  default void clientsComeBackOverAnotherProviderWhenALoopOfTheirsHangs() {
    QWormholeServer<String> server =
        stage().listen(stage().server().autoPause(true), ServerTrace.echo());
    Hang hang = hang(stage().clientProvider());
    QWormholeRuntime runtime = runtime(hang);
    ClientOptions<String> options = client(server.port()).build();
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new EchoingClient("c" + i));
      stage().watch(clients.get(i));
      clients.get(i).start(runtime, options);
      clients.get(i).messages.await(10);
    }
    hang.strike();
    for (EchoingClient client : clients) {
      ProviderReport report = client.failovers.next();
      client.awaitEchoAfterLoss();
      assertThat(client.endpoint().mode()).isEqualTo(report.mode());
      assertThat(failuresOfProviders(client)).hasSize(1);
    }
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
  }

  @Test
  default void aResumableSessionGoesOnWithoutLossWhenALoopOfEitherSideHangs() throws Exception {
    hangBothSidesOfASession(server(), this::client);
  }

  @Test
  default void aResumableSessionGoesOnOverTlsWhenALoopOfEitherSideHangs() throws Exception {
    hangBothSidesOfASession(
        server().tls(TlsCertificates.server()),
        port -> client(port).tls(TlsCertificates.client().build()));
  }

  private void hangBothSidesOfASession(
      ServerOptions.Builder<String> serverOptions,
      IntFunction<ClientOptions.Builder<String>> clientOptions)
      throws Exception {
    int count = 3000;
    Hang ofServer = hang(stage().serverProvider());
    Hang ofClient = hang(stage().clientProvider());
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeServer<String> server =
        listen(runtime(ofServer), serverOptions.resumable(true), atServer);
    QWormholeClient<String> client =
        client(runtime(ofClient), clientOptions.apply(server.port()).resumable(true), atClient);
    Connection<String> here = Deadline.get("connect", client.connect());
    Connection<String> there = atServer.connections.next();

    var down =
        WirePeer.inBackground(
            () -> {
              for (int i = 0; i < count; i++) {
                assertThat(there.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
              }
              return null;
            });
    for (int i = 0; i < count; i++) {
      if (i == count / 3) {
        ofServer.strike();
      } else if (i == 2 * count / 3) {
        atClient.resumed.await(1);
        ofClient.strike();
      }
      assertThat(here.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    Deadline.get("the server's messages", down);
    List<String> all = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    assertThat(atServer.messages.await(count)).isEqualTo(all);
    assertThat(atClient.messages.await(count)).isEqualTo(all);
    atClient.resumed.await(2);
    assertThat(client.connection()).containsSame(here);
    assertThat(atClient.closed.count() + atServer.closed.count()).isZero();
    assertThat(atServer.failovers.count()).isOne();
    assertThat(atClient.failovers.count()).isOne();
  }

  @Test
  default void endpointsWhoseLoopHangsMayBeClosedBeforeItIsNoticed() {
    Hang ofServer = hang(stage().serverProvider());
    Hang ofClient = hang(stage().clientProvider());
    ServerTrace<String> atServer = ServerTrace.echo();
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeRuntime runtime = runtime(ofServer);
    QWormholeServer<String> server = listen(runtime, stage().server(), atServer);
    QWormholeClient<String> client =
        client(runtime(ofClient), stage().client(server.port()), atClient);
    Deadline.get("connect", client.connect());
    atServer.connections.next();
    ofServer.strike();
    ofClient.strike();
    long start = System.nanoTime();
    client.close(Duration.ofMillis(100));
    server.close(Duration.ofMillis(100));
    runtime.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(client.closed()).isDone();
    assertThat(server.closed()).isDone();
    atClient.closed.await(1);
    atServer.closed.await(1);
  }

  @Test
  default void endpointsThatMayNotMoveCloseWithTheReasonWhenALoopHangs() {
    Hang hang = hang(stage().serverProvider());
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        listen(runtime(hang), stage().server().migrateOnFailure(false), trace);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(stage().client(server.port()), atClient);
    hang.strike();
    assertThat(Deadline.failure("closed", server.closed()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED));
    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    atClient.closed.next();
  }

  @Test
  default void aHandlerThatBlocksItsLoopIsToldOnceAndNotTakenForAFailure() {
    Inbox<TelemetryEvent> telemetry = new Inbox<>("telemetry");
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> never = new CompletableFuture<>();
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            if (message.equals("block")) {
              Deadline.get("the news", told);
              // Long enough to be told twice, or taken for a failure.
              never.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
            }
            connection.send(message);
          }
        };
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .telemetry(
                        event -> {
                          telemetry.add(event);
                          if (event instanceof TelemetryEvent.LoopBlocked) {
                            told.complete(null);
                          }
                        }),
                trace);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), atClient);
    client.send("block");
    client.send("after");
    assertThat(atClient.messages.await(2)).containsExactly("block", "after");

    assertThat(telemetry.all())
        .filteredOn(event -> event instanceof TelemetryEvent.LoopBlocked)
        .singleElement()
        .satisfies(
            event -> {
              var news = (TelemetryEvent.LoopBlocked) event;
              assertThat(news.loop()).startsWith("qwormhole-server");
              assertThat(news.since()).isBetween(Duration.ofMillis(500), SOON);
              assertThat(news.where()).contains("HangTopic");
            });
    assertThat(trace.failovers.all()).isEmpty();
    assertThat(trace.errors.all()).isEmpty();
    assertThat(trace.closed.all()).isEmpty();
  }
}
