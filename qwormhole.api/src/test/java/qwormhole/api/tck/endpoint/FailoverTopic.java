package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryListener;

/** A transport that dies in mid-run, and the next candidate that takes over. */
interface FailoverTopic extends Topic {
  int CLIENTS = 64;

  /** About forty messages of each client have passed through the server, both ways. */
  long AT_BYTE = 150_001;

  ReconnectPolicy SOON =
      new ReconnectPolicy(Duration.ofMillis(5), Duration.ofMillis(40), 2, 10_000);

  /** A runtime of the test's in which a provider is faulty. */
  private QWormholeRuntime runtime(Fault fault) {
    QWormholeRuntime runtime = new QWormholeRuntime(defaults -> {}, fault);
    stage().addEndpoint(runtime);
    return runtime;
  }

  private <M> QWormholeServer<M> listen(
      QWormholeRuntime runtime, ServerOptions.Builder<M> options, ServerTrace<M> trace) {
    stage().watch(trace);
    return runtime.listen(options.build(), trace);
  }

  private ServerOptions.Builder<String> server() {
    return TwoProviders.server(stage());
  }

  private ClientOptions.Builder<String> client(int port) {
    return TwoProviders.client(stage(), port);
  }

  @Test
  default void allClientsEchoAgainWhenTheServersTransportDiesInMidRun() {
    Inbox<TelemetryEvent> telemetry = new Inbox<>("telemetry");
    QWormholeRuntime faulty = runtime(new Fault(stage().serverProvider(), AT_BYTE));
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        listen(faulty, server().autoPause(true).telemetry(telemetry::add), trace);
    InetSocketAddress address = server.address();
    String mode = server.mode();

    QWormholeRuntime sound = runtime(Fault.onDemand("none"));
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new EchoingClient("c" + i));
      stage().watch(clients.get(i));
      clients.get(i).start(sound, stage().client(server.port()).reconnect(SOON).build());
    }
    ProviderReport report = trace.failovers.next();
    for (EchoingClient client : clients) {
      client.awaitEchoAfterLoss();
    }
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);

    assertThat(server.address()).isEqualTo(address);
    assertThat(server.mode()).isEqualTo(report.mode()).isNotEqualTo(mode);
    assertThat(report.candidates())
        .anyMatch(
            candidate ->
                candidate.id().equals(stage().serverProvider())
                    && candidate.outcome() == Outcome.FAILED);
    assertThat(trace.errors.all())
        .filteredOn(error -> error.code() == ErrorCode.E_PROVIDER_FAILED)
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error).hasCauseInstanceOf(Fault.InjectedFault.class);
              assertThat(error).hasMessageContaining(mode);
            });
    assertThat(telemetry.all())
        .filteredOn(
            event ->
                event instanceof TelemetryEvent.ProviderFailed
                    || event instanceof TelemetryEvent.FailedOver
                    || event instanceof TelemetryEvent.Listening)
        .hasSize(4)
        .satisfies(
            told -> {
              assertThat(told.get(1)).isInstanceOf(TelemetryEvent.ProviderFailed.class);
              assertThat(told.get(1).source().mode()).isEqualTo(mode);
              assertThat(told.get(2))
                  .isInstanceOfSatisfying(
                      TelemetryEvent.FailedOver.class,
                      over -> {
                        assertThat(over.fromMode()).isEqualTo(mode);
                        assertThat(over.toMode()).isEqualTo(report.mode());
                        assertThat(over.source().mode()).isEqualTo(report.mode());
                        assertThat(over.source().fallbackReason())
                            .contains(stage().serverProvider());
                      });
              assertThat(told.get(3))
                  .isEqualTo(new TelemetryEvent.Listening(told.get(2).source(), address));
            });
  }

  @Test
  default void clientsComeBackOverAnotherProviderWhenTheirTransportDies() {
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().autoPause(true), serverTrace);
    QWormholeRuntime faulty = runtime(new Fault(stage().clientProvider(), AT_BYTE));
    ClientOptions<String> options = client(server.port()).build();
    List<EchoingClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(new EchoingClient("c" + i));
      stage().watch(clients.get(i));
      clients.get(i).start(faulty, options);
    }
    for (EchoingClient client : clients) {
      ProviderReport report = client.failovers.next();
      client.awaitEchoAfterLoss();
      assertThat(client.endpoint().mode()).isEqualTo(report.mode());
      assertThat(client.endpoint().connection().orElseThrow().mode()).isEqualTo(report.mode());
      assertThat(client.errors.all())
          .filteredOn(error -> error.code() == ErrorCode.E_PROVIDER_FAILED)
          .hasSize(1);
    }
    assertThat(clients).extracting(client -> client.endpoint().mode()).containsOnly(mode(clients));
    clients.forEach(EchoingClient::stop);
    clients.forEach(EchoingClient::assertNothingLostOrDoubled);
  }

  private static String mode(List<EchoingClient> clients) {
    return clients.get(0).failovers.all().get(0).mode();
  }

  @Test
  default void endpointsThatMayNotMoveCloseWithTheReason() {
    Fault fault = Fault.onDemand(stage().serverProvider());
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        listen(runtime(fault), stage().server().migrateOnFailure(false), trace);
    fault.strike();
    assertProviderFailed(server.closed());
    assertThat(trace.failovers.all()).isEmpty();

    Fault second = Fault.onDemand(stage().clientProvider());
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage().watch(clientTrace);
    QWormholeClient<String> client =
        runtime(second).client(stage().client(1).migrateOnFailure(false).build(), clientTrace);
    second.strike();
    assertThat(clientTrace.end().code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED);
    assertProviderFailed(client.closed());
  }

  private static void assertProviderFailed(CompletableFuture<Void> closed) {
    assertThat(Deadline.failure("closed", closed))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROVIDER_FAILED));
  }

  @Test
  default void endpointsMayBeClosedWhileTheyMove() {
    for (int i = 0; i < 10; i++) {
      Fault fault = Fault.onDemand(stage().serverProvider());
      Fault second = Fault.onDemand(stage().clientProvider());
      QWormholeServer<String> server = listen(runtime(fault), server(), ServerTrace.echo());
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      QWormholeClient<String> client = runtime(second).client(client(server.port()).build(), trace);
      CompletableFuture<Connection<String>> ready = client.connect();
      if (i % 2 == 0) {
        Deadline.get("connect", ready);
      }
      fault.strike();
      second.strike();
      server.close();
      client.close();
      assertThat(server.closed()).isDone();
      assertThat(client.closed()).isDone();
      assertThat(ready).isDone();
    }
  }

  @Test
  default void theFateOfWhatTheServerHadNotAcknowledgedIsUnknown() {
    Fault fault = Fault.onDemand(stage().serverProvider());
    AtomicInteger handled = new AtomicInteger();
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            if (message.equals("die")) {
              fault.strike();
            }
            handled.incrementAndGet();
          }
        };
    QWormholeServer<String> server = listen(runtime(fault), stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .connect(
                stage()
                    .client(server.port())
                    .acknowledgements(true)
                    .reconnect(ReconnectPolicy.NONE),
                clientTrace);
    Connection<String> connection = clientTrace.ready.next();
    assertThat(connection.negotiated().ack()).isTrue();
    for (int i = 0; i < 1000; i++) {
      client.send("x");
    }
    Deadline.until("all to be confirmed", () -> connection.unconfirmed() == 0);
    assertThat(handled).hasValue(1000);
    for (int i = 0; i < 5; i++) {
      client.send("y");
    }
    client.send("die");
    for (int i = 0; i < 5; i++) {
      client.trySend("z");
    }
    clientTrace.end();
    long sent = connection.statistics().messagesOut();
    assertThat(sent).isBetween(1006L, 1011L);
    assertThat(connection.acknowledged()).isBetween(1000L, (long) handled.get());
    assertThat(connection.unconfirmed()).isEqualTo(sent - connection.acknowledged()).isPositive();
  }

  @Test
  default void aClientThatMayNotMoveTellsItsConnectionsEndBeforeItsOwn() {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    Fault fault = Fault.onDemand(stage().clientProvider());
    QWormholeRuntime runtime = runtime(fault);
    // Another user of the transport: its loop is not waited for when the first one leaves.
    ClientTrace<String> other = new ClientTrace<>();
    stage().watch(other);
    QWormholeClient<String> neighbour = runtime.client(stage().client(1).build(), other);
    ClientTrace<String> trace = new ClientTrace<>();
    stage().watch(trace);
    TelemetryListener slow =
        event -> {
          if (event instanceof TelemetryEvent.LinkClosed) {
            // The listener's turn comes after this: time enough for an end that does not wait.
            trace.end.copy().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
          }
        };
    QWormholeClient<String> client =
        runtime.client(
            stage().client(server.port()).migrateOnFailure(false).telemetry(slow).build(), trace);
    Deadline.get("connect", client.connect());
    fault.strike();
    assertProviderFailed(client.closed());
    assertThat(trace.log.all()).endsWith("closed", "clientClosed");
    assertThat(neighbour.state()).isNotNull();
  }
}
