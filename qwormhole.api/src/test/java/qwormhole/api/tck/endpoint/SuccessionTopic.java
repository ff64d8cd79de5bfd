package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.spi.TransportProvider;

/**
 * Providers that do not open, listen or connect: the next one is tried, at the start and when a
 * transport has died; the last one is opened afresh, and an endpoint that has none ends audibly.
 */
interface SuccessionTopic extends Topic {
  Duration SHORT = Duration.ofMillis(300);

  private QWormholeRuntime runtime(Unfit unfit, Fault fault) {
    QWormholeRuntime runtime =
        new QWormholeRuntime(
            defaults -> {},
            (id, provider) -> {
              TransportProvider mortal = fault.apply(id, provider);
              return unfit.apply(id, mortal);
            });
    stage().addEndpoint(runtime);
    return runtime;
  }

  private static List<Unfit.Way> waysOfServers() {
    List<Unfit.Way> ways = new ArrayList<>(Unfit.Way.AT_START);
    ways.addAll(Unfit.Way.AT_LISTEN);
    return ways;
  }

  private static List<Unfit.Way> waysOfClients() {
    List<Unfit.Way> ways = new ArrayList<>(Unfit.Way.AT_START);
    ways.addAll(Unfit.Way.AT_CONNECT);
    return ways;
  }

  private static void assertProviderFailed(CompletableFuture<?> ended) {
    assertThat(Deadline.failure("the end", ended))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
              assertThat(e).hasMessageContaining("died");
            });
  }

  @Test
  default void aServerTriesTheNextProviderWhereOneDoesNotOpenOrListen() {
    for (Unfit.Way way : waysOfServers()) {
      Unfit unfit = new Unfit(stage().serverProvider(), way, 1);
      var options = TwoProviders.server(stage()).build();
      ServerTrace<String> trace = ServerTrace.echo();
      stage().watch(trace);
      QWormholeServer<String> server =
          runtime(unfit, Fault.onDemand("none")).listen(options, trace);
      assertThat(unfit.failures()).as("%s", way).isEqualTo(1);
      assertThat(server.report().candidates())
          .filteredOn(one -> one.id().equals(stage().serverProvider()))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(one.detail()).contains(Unfit.BOOM);
              });
      assertEchoes(server);
    }
  }

  @Test
  default void aServerWhoseRequiredProviderDoesNotListenSaysWhy() {
    for (Unfit.Way way : waysOfServers()) {
      QWormholeRuntime runtime =
          runtime(new Unfit(stage().serverProvider(), way, 1), Fault.onDemand("none"));
      assertThatThrownBy(() -> runtime.listen(stage().server().build(), new ServerTrace<>()))
          .isInstanceOf(QWormholeException.class)
          .hasMessageContaining(Unfit.BOOM)
          .hasMessageContaining(stage().serverProvider());
    }
  }

  @Test
  default void aServersOnlyProviderIsOpenedAfreshUntilItListens() {
    for (Unfit.Way way : waysOfServers()) {
      Fault fault = Fault.onDemand(stage().serverProvider());
      Unfit unfit = new Unfit(stage().serverProvider(), way, 0);
      ServerTrace<String> trace = ServerTrace.echo();
      stage().watch(trace);
      QWormholeServer<String> server =
          runtime(unfit, fault).listen(stage().server().build(), trace);
      var address = server.address();
      String mode = server.mode();
      unfit.fail(3);
      fault.strike();
      trace.failovers.next();
      assertThat(unfit.failures()).as("%s", way).isEqualTo(3);
      assertThat(server.address()).isEqualTo(address);
      assertThat(server.mode()).isEqualTo(mode);
      assertEchoes(server);
    }
  }

  @Test
  default void aServerThatNobodyCarriesEndsAudiblyWithTheReasons() {
    for (Unfit.Way way : waysOfServers()) {
      Fault fault = Fault.onDemand(stage().serverProvider());
      Unfit unfit = new Unfit(stage().serverProvider(), way, 0);
      ServerTrace<String> trace = new ServerTrace<>();
      stage().watch(trace);
      QWormholeServer<String> server =
          runtime(unfit, fault).listen(stage().server().failoverTimeout(SHORT).build(), trace);
      unfit.fail(Integer.MAX_VALUE);
      fault.strike();
      assertProviderFailed(server.closed());
      assertThat(Deadline.failure("the end", server.closed()))
          .hasMessageContaining("none took over within 300 ms")
          .hasMessageContaining(Unfit.BOOM);
      assertThat(trace.log.all()).endsWith("error", "serverClosed");
      // Not at once, and not without a pause.
      assertThat(unfit.failures()).as("%s", way).isBetween(2, 12);
    }
  }

  @Test
  default void aClientTriesTheNextProviderWhereOneDoesNotOpenOrConnect() {
    QWormholeServer<String> server = stage().listen(stage().server(), ServerTrace.echo());
    for (Unfit.Way way : waysOfClients()) {
      Unfit unfit = new Unfit(stage().clientProvider(), way, 1);
      var options =
          TwoProviders.client(stage(), server.port()).reconnect(ReconnectPolicy.NONE).build();
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      QWormholeClient<String> client =
          runtime(unfit, Fault.onDemand("none")).client(options, trace);
      Deadline.get("connect", client.connect());
      assertThat(unfit.failures()).as("%s", way).isEqualTo(1);
      assertThat(client.report().failures()).contains(Unfit.BOOM);
      client.send("x");
      trace.messages.next();
      assertThat(trace.retries.all()).isEmpty();
    }
  }

  @Test
  default void aClientsOnlyProviderIsOpenedAfreshUntilItConnects() {
    QWormholeServer<String> server = stage().listen(stage().server(), ServerTrace.echo());
    for (Unfit.Way way : Unfit.Way.AT_CONNECT) {
      Unfit unfit = new Unfit(stage().clientProvider(), way, 3);
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      QWormholeClient<String> client =
          runtime(unfit, Fault.onDemand("none"))
              .client(stage().client(server.port()).reconnect(ReconnectPolicy.NONE).build(), trace);
      Deadline.get("connect", client.connect());
      assertThat(unfit.failures()).isEqualTo(3);
      client.send("x");
      trace.messages.next();
    }
  }

  @Test
  default void aClientThatNobodyCarriesEndsAudibly() {
    for (Unfit.Way way : Unfit.Way.AT_CONNECT) {
      Unfit unfit = new Unfit(stage().clientProvider(), way, Integer.MAX_VALUE);
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      QWormholeClient<String> client =
          runtime(unfit, Fault.onDemand("none"))
              .client(stage().client(1).failoverTimeout(SHORT).build(), trace);
      assertProviderFailed(client.connect());
      assertProviderFailed(client.closed());
      assertThat(trace.end().code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
      assertThat(client.state()).isEqualTo(QWormholeClient.State.CLOSED);
      assertThat(unfit.failures()).isBetween(2, 12);
    }
  }

  @Test
  default void aClientMayBeClosedWhileNobodyConnects() {
    Unfit unfit = new Unfit(stage().clientProvider(), Unfit.Way.CONNECT_RUNTIME, Integer.MAX_VALUE);
    ClientTrace<String> trace = new ClientTrace<>();
    stage().watch(trace);
    QWormholeClient<String> client =
        runtime(unfit, Fault.onDemand("none")).client(stage().client(1).build(), trace);
    var ready = client.connect();
    Deadline.until("some failures", () -> unfit.failures() > 3);
    client.close();
    assertThat(client.closed()).isDone();
    assertThat(ready).isDone();
  }

  @Test
  default void allClientsOfOneTransportMoveToTheOneThatIsOpenedAfresh() {
    QWormholeServer<String> server =
        stage().listen(stage().server().autoPause(true), ServerTrace.echo());
    Fault fault = Fault.onDemand(stage().clientProvider());
    Unfit unfit = new Unfit(stage().clientProvider(), Unfit.Way.OPEN, 0);
    QWormholeRuntime runtime = runtime(unfit, fault);
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(new EchoingClient("c" + i));
      stage().watch(clients.get(i));
      clients
          .get(i)
          .start(runtime, stage().client(server.port()).reconnect(FailoverTopic.SOON).build());
    }
    clients.forEach(client -> client.ready.next());
    unfit.fail(2);
    fault.strike();
    for (EchoingClient client : clients) {
      client.failovers.next();
      client.awaitEchoAfterLoss();
    }
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
  }

  @Test
  default void anAddressInUseIsToldAtOnceWhoeverSaysSo() {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    var options = TwoProviders.server(stage()).port(server.port()).build();
    assertThatThrownBy(() -> QWormhole.listen(options, new ServerTrace<>()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_BIND_FAILED);
              assertThat(e.detail()).containsOnlyOnce("cannot listen on");
              assertThat(e.detail()).endsWith(":" + server.port() + ": Address already in use");
            });
  }

  private void assertEchoes(QWormholeServer<String> server) {
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), trace);
    client.send("x");
    assertThat(trace.messages.next()).isEqualTo("x");
  }
}
