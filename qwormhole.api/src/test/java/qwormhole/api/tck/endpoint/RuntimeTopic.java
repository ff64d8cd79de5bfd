package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientListener;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryListener;

/** Endpoints that share threads. */
interface RuntimeTopic extends Topic {
  int CLIENTS = 50;

  @Test
  default void aRuntimesClientsShareThreadsAndCloseWithIt() {
    QWormholeRuntime runtime = new QWormholeRuntime();
    stage().addEndpoint(runtime);
    ServerTrace<String> serverTrace = ServerTrace.echo();
    stage().watch(serverTrace);
    QWormholeServer<String> server = runtime.listen(stage().server().build(), serverTrace);
    List<ClientTrace<String>> traces = new ArrayList<>();
    List<QWormholeClient<String>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      traces.add(trace);
      QWormholeClient<String> client = runtime.client(stage().client(server.port()).build(), trace);
      clients.add(client);
      Deadline.get("connect", client.connect());
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.get(i).send("from " + i);
    }
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(traces.get(i).messages.next()).isEqualTo("from " + i);
    }
    assertThat(stage().threadsOfTest()).as("threads of all endpoints").hasSizeLessThan(10);
    clients.get(0).close();
    traces.get(0).end();
    clients.get(1).send("still there");
    assertThat(traces.get(1).messages.next()).isEqualTo("still there");
    runtime.close();
    runtime.close();
    traces.forEach(ClientTrace::end);
    assertThat(traces.get(2).closed.next().reason().isOrderly()).isTrue();
    assertThat(traces).allMatch(trace -> trace.retries.count() == 0);
    assertThat(serverTrace.isOver()).isTrue();
    Deadline.until("threads to end", () -> stage().threadsOfTest().isEmpty());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> runtime.listen(stage().server().build(), new ServerTrace<>()));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> runtime.client(stage().client(1).build(), new ClientTrace<>()));
  }

  @Test
  default void aRuntimeLivesOnWhenItsEndpointsHaveClosed() {
    try (QWormholeRuntime runtime = new QWormholeRuntime()) {
      for (int i = 0; i < 3; i++) {
        ServerTrace<String> serverTrace = ServerTrace.echo();
        ClientTrace<String> trace = new ClientTrace<>();
        stage().watch(serverTrace);
        stage().watch(trace);
        QWormholeServer<String> server = runtime.listen(stage().server().build(), serverTrace);
        QWormholeClient<String> client =
            runtime.client(stage().client(server.port()).build(), trace);
        Deadline.get("connect", client.connect());
        client.send("x");
        assertThat(trace.messages.next()).isEqualTo("x");
        client.close();
        server.close();
      }
    }
  }

  @Test
  default void nothingFollowsTheEndOfAClientThatClosesWhileARetryIsAnnounced() throws Exception {
    try (QWormholeRuntime runtime = new QWormholeRuntime()) {
      // Another user of the transport: its loop is not waited for when the first one leaves.
      Object other = runtime.client(stage().client(1).build(), new ClientListener<>() {});
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      CompletableFuture<QWormholeClient<String>> made = new CompletableFuture<>();
      CompletableFuture<Void> announced = new CompletableFuture<>();
      TelemetryListener closer =
          event -> {
            if (event instanceof TelemetryEvent.Reconnecting && announced.complete(null)) {
              Thread closing = new Thread(() -> made.join().close(Duration.ofSeconds(10)));
              closing.start();
              stage().addLast(closing::join);
              // The listener's turn comes after this: time enough for an end that does not wait.
              trace.end.copy().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
            }
          };
      made.complete(runtime.client(stage().client(1).telemetry(closer).build(), trace));
      CompletableFuture<?> ready = made.join().connect();
      Deadline.get("a retry", announced);
      Deadline.get("the end", made.join().closed());
      assertThat(trace.log.all()).containsExactly("error", "reconnecting", "clientClosed");
      assertThat(ready).isCompletedExceptionally();
      assertThat(other).isNotNull();
    }
  }
}
