package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;

/**
 * A server that closes in order ends nobody's session quietly (protocol section 5): row 47 of the fault
 * matrix.
 */
interface RestartTopic extends Topic {
  Duration GRACE = Duration.ofSeconds(2);

  private Relay relayTo(QWormholeServer<?> server) throws IOException {
    Relay relay = new Relay(server.port());
    stage().addLast(relay);
    return relay;
  }

  private QWormholeClient<String> connect(Relay relay, boolean resends, ClientTrace<String> trace) {
    return stage()
        .connect(
            stage()
                .client(relay.port())
                .resumable(true)
                .resendOnSessionLoss(resends)
                .reconnect(ResumeTopic.AT_ONCE),
            trace);
  }

  @Test
  default void aServerThatClosesInOrderLeavesEachUnhandledMessageToldAsUnknown() throws Exception {
    ServerTrace<String> atFirst = new ServerTrace<>();
    QWormholeServer<String> first = stage().listen(stage().server().resumable(true), atFirst);
    ServerTrace<String> atSecond = new ServerTrace<>();
    QWormholeServer<String> second = stage().listen(stage().server().resumable(true), atSecond);
    Relay relay = relayTo(first);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = connect(relay, false, atClient);
    client.send("handled");
    assertThat(atFirst.messages.next()).isEqualTo("handled");
    atFirst.connections.next().pauseReads();
    List<String> unhandled = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
    unhandled.forEach(client::send);
    relay.leadTo(second.port());
    first.close(GRACE);

    SessionLoss<String> loss = atClient.losses.next();
    List<String> both = new ArrayList<>(atFirst.messages.all());
    both.addAll(loss.unknown());
    assertThat(both).containsAll(unhandled);
    assertThat(loss.unknown()).containsSubsequence(List.of("98", "99"));
    assertThat(atClient.closed.next().reason().code()).isEqualTo(loss.code());
    atClient.ready.await(2);
    assertThat(atSecond.messages.count()).isZero();
  }

  @Test
  default void aServerThatClosesInOrderHasSaidWhatItHandledAndItsClientsAreNotSuspended()
      throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().resumable(true), atServer);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = connect(relayTo(server), false, atClient);
    client.send("handled");
    atServer.messages.next();
    server.close(GRACE);

    SessionLoss<String> loss = atClient.losses.next();
    assertThat(loss.unknown()).isEmpty();
    assertThat(loss.code()).isEqualTo(ErrorCode.E_SESSION_LOST);
    assertThat(loss.detail()).isEqualTo("the server closes");
    assertThat(atClient.suspended.count()).isZero();
  }

  @Test
  default void handlersOfAnExecutorFinishAndAreToldOfWhileNothingMoreIsAccepted() throws Exception {
    CompletableFuture<Void> handle = new CompletableFuture<>();
    ServerTrace<String> atServer =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            Deadline.get("the test", handle);
          }
        };
    ExecutorService executor = Executors.newSingleThreadExecutor();
    stage().addLast(executor::shutdownNow);
    QWormholeServer<String> server =
        stage().listen(stage().server().resumable(true).handlerExecutor(executor), atServer);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = connect(relayTo(server), false, atClient);
    Connection<String> ofServer = atServer.connections.next();
    List.of("1", "2", "3").forEach(client::send);
    Deadline.until("all to wait", () -> ofServer.statistics().messagesIn() == 3);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(GRACE));
    Deadline.until("the end of accepting", () -> !ofServer.isOpen());
    assertThat(ofServer.trySend("late")).isEqualTo(SendResult.CLOSED);
    handle.complete(null);

    assertThat(atClient.losses.next().unknown()).isEmpty();
    assertThat(atServer.messages.all()).containsExactly("1", "2", "3");
    Deadline.get("close", closed);
  }

  @Test
  default void aConnectionThatTheServersApplicationHasClosedEndsQuietlyThoughTheServerClosesNext()
      throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().resumable(true), atServer);
    ClientTrace<String> atClient = new ClientTrace<>();
    connect(relayTo(server), false, atClient);
    Connection<String> connection = atServer.connections.next();
    connection.close("enough");
    server.close(GRACE);

    assertThat(atClient.closed.next().reason().isOrderly()).isTrue();
    assertThat(atClient.losses.count()).isZero();
  }

  @Test
  default void duringARollingRestartEachAcceptedMessageIsHandledOnceOrNamed() throws Exception {
    RollingRestart roll = roll(false);

    assertThat(roll.handled).doesNotHaveDuplicates();
    Set<String> known = new HashSet<>(roll.handled);
    known.addAll(roll.named);
    assertThat(known).containsAll(roll.accepted);
  }

  @Test
  default void duringARollingRestartEachMessageIsHandledWhereLostOnesAreSentAgain()
      throws Exception {
    RollingRestart roll = roll(true);

    Deadline.until(
        "all that was accepted", () -> new HashSet<>(roll.handled).containsAll(roll.accepted));
  }

  /** Servers behind one address take turns, while clients send throughout. */
  private RollingRestart roll(boolean resends) throws Exception {
    RollingRestart roll = new RollingRestart();
    QWormholeServer<String> server = stage().listen(roll.server(stage()), roll.atServer());
    Relay relay = relayTo(server);
    List<QWormholeClient<String>> clients = new ArrayList<>();
    for (int i = 0; i < RollingRestart.CLIENTS; i++) {
      clients.add(connect(relay, resends, roll.atClient()));
    }
    Thread sender = roll.startSending(clients);
    for (int i = 0; i < RollingRestart.RESTARTS; i++) {
      roll.awaitTraffic();
      QWormholeServer<String> next = stage().listen(roll.server(stage()), roll.atServer());
      relay.leadTo(next.port());
      server.close(GRACE);
      server = next;
    }
    roll.awaitTraffic();
    roll.over = true;
    sender.join();
    Deadline.until(
        "an empty way", () -> clients.stream().allMatch(RollingRestart::hasNothingUnderWay));
    return roll;
  }
}
