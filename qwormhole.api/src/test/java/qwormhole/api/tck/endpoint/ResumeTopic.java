package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.Batch;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.SendResult;
import qwormhole.api.ServerOptions;
import qwormhole.api.SessionLoss;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;
import qwormhole.api.telemetry.TelemetryEvent;

/** A session that outlives its connections: protocol section 5. */
interface ResumeTopic extends Topic {
  ReconnectPolicy AT_ONCE =
      new ReconnectPolicy(Duration.ofMillis(2), Duration.ofMillis(20), 2, 10_000);

  private ServerOptions.Builder<String> resumableServer() {
    return stage().server().resumable(true);
  }

  private ClientOptions.Builder<String> resumableClient(Relay relay) {
    return stage().client(relay.port()).resumable(true).reconnect(AT_ONCE);
  }

  private Relay relayTo(QWormholeServer<?> server) throws IOException {
    Relay relay = new Relay(server.port());
    stage().addLast(relay);
    return relay;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  @Test
  default void bothSidesKeepTheirConnectionWhenItsLinkIsReset() throws Exception {
    Inbox<TelemetryEvent> telemetry = new Inbox<>("telemetry");
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(resumableServer().telemetry(telemetry::add), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(resumableClient(relay), atClient);
    Connection<String> ofClient = client.connection().orElseThrow();
    Connection<String> ofServer = atServer.connections.next();
    assertThat(ofClient.negotiated().session()).isTrue();
    assertThat(ofServer.negotiated().session()).isTrue();

    client.send("before");
    assertThat(atServer.messages.next()).isEqualTo("before");
    relay.cut();
    assertThat(atClient.resumed.next()).isSameAs(ofClient);
    assertThat(atServer.resumed.next()).isSameAs(ofServer);
    client.send("after");
    ofServer.send("back");

    assertThat(atServer.messages.next()).isEqualTo("after");
    assertThat(atClient.messages.next()).isEqualTo("back");
    assertThat(client.connection()).containsSame(ofClient);
    assertThat(server.connections()).containsExactly(ofServer);
    assertThat(server.connection(ofServer.id())).containsSame(ofServer);
    assertThat(server.connectionCount()).isOne();
    assertThat(atServer.suspended.next().reason().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    assertThat(atClient.closed.count() + atServer.closed.count()).isZero();
    assertThat(ofServer.statistics().messagesIn()).isEqualTo(2);
    assertThat(telemetry.all())
        .filteredOn(event -> event instanceof TelemetryEvent.Resumed)
        .singleElement()
        .satisfies(
            event -> {
              var resumed = (TelemetryEvent.Resumed) event;
              assertThat(resumed.resumedId()).isEqualTo(ofServer.id());
              assertThat(resumed.connectionId()).isNotEqualTo(ofServer.id());
            });
  }

  @Test
  default void everyMessageIsHandledOnceAndInOrderOverManyResetsAtAnyByte() throws Exception {
    int count = 20_000;
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(resumableClient(relay), atClient);
    Connection<String> ofServer = atServer.connections.next();
    relay.cutAfter(1500);
    relay.cut();
    atServer.resumed.next();

    var down =
        WirePeer.inBackground(
            () -> {
              for (int i = 0; i < count; i++) {
                assertThat(ofServer.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
              }
              return null;
            });
    int resumed = 0;
    for (int i = 0; i < count; i++) {
      if (i % 2000 == 0) {
        atServer.resumed.await(resumed + 1);
        resumed = atServer.resumed.count();
        relay.cutAfter(4_000 + random.nextInt(20_000));
        relay.cut();
      }
      assertThat(client.send("" + i, Deadline.LONG)).as("seed " + seed).isEqualTo(SendResult.SENT);
    }
    relay.cutAfter(Long.MAX_VALUE);
    Deadline.get("the server's messages", down);

    assertThat(atServer.messages.await(count)).as("seed " + seed).isEqualTo(numbers(count));
    assertThat(atClient.messages.await(count)).as("seed " + seed).isEqualTo(numbers(count));
    Connection<String> ofClient = client.connection().orElseThrow();
    Deadline.until("all is acknowledged", () -> ofClient.unconfirmed() == 0);
    Deadline.until("all is acknowledged", () -> ofServer.unconfirmed() == 0);
    assertThat(ofClient.acknowledged()).isEqualTo(count);
    assertThat(atServer.resumed.count()).isGreaterThanOrEqualTo(count / 2000);
  }

  @Test
  default void batchesAreReplayedAsSingleMessagesAre() throws Exception {
    int count = 5000;
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    QWormholeClient<String> client = stage().connect(resumableClient(relay), new ClientTrace<>());
    relay.cutAfter(12_345);
    relay.cut();
    for (int i = 0; i < count; ) {
      try (Batch<String> batch = client.batch()) {
        for (int end = i + 100; i < end; i++) {
          assertThat(batch.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
        }
      }
    }

    assertThat(atServer.messages.await(count)).isEqualTo(numbers(count));
    assertThat(relay.accepted()).isGreaterThan(2);
  }

  @Test
  default void sessionsGoOnOverAnotherProviderWhenTheServersTransportDies() throws Exception {
    TwoProviders.checkThereIsAnotherThan(stage().serverProvider(), QWormhole.serverProviders());
    int count = 3000;
    for (long atByte : new long[] {3_001, 15_002, 30_003}) {
      Fault fault = new Fault(stage().serverProvider(), atByte);
      QWormholeRuntime runtime = new QWormholeRuntime(defaults -> {}, fault);
      stage().addEndpoint(runtime);
      ServerTrace<String> atServer = ServerTrace.echo();
      stage().watch(atServer);
      QWormholeServer<String> server =
          runtime.listen(
              ServerOptions.builder(Codec.text())
                  .preferredBackend(stage().serverProvider())
                  .preferNative(true)
                  .resumable(true)
                  .build(),
              atServer);
      String mode = server.mode();
      ClientTrace<String> atClient = new ClientTrace<>();
      QWormholeClient<String> client =
          stage()
              .connect(stage().client(server.port()).resumable(true).reconnect(AT_ONCE), atClient);
      Connection<String> connection = client.connection().orElseThrow();
      for (int i = 0; i < count; i++) {
        assertThat(client.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
      }

      assertThat(atServer.messages.await(count)).as("died at " + atByte).isEqualTo(numbers(count));
      assertThat(atClient.messages.await(count)).as("died at " + atByte).isEqualTo(numbers(count));
      assertThat(atClient.resumed.next()).isSameAs(connection);
      assertThat(server.mode()).isNotEqualTo(mode);
      assertThat(atServer.connections.next().mode()).isEqualTo(server.mode());
      client.close(Duration.ofSeconds(1));
    }
  }

  @Test
  default void whatIsSentWithoutALinkWaitsWithinItsBound() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(resumableClient(relay).replayBytes(64 << 10), atClient);
    relay.refuse(true);
    relay.cut();
    atClient.suspended.next();
    assertThat(client.connection().orElseThrow().isSuspended()).isTrue();

    String message = "x".repeat(1000);
    int accepted = 0;
    while (accepted < 1000 && client.trySend(message) == SendResult.SENT) {
      accepted++;
    }
    assertThat(accepted).isBetween(50, 65);
    assertThat(client.send(message, Duration.ofMillis(50))).isEqualTo(SendResult.BACK_PRESSURED);
    var waiting = WirePeer.inBackground(() -> client.send(message, Deadline.LONG));
    relay.refuse(false);

    assertThat(Deadline.get("the send that waited", waiting)).isEqualTo(SendResult.SENT);
    atServer.messages.await(accepted + 1);
    assertThat(client.connection().orElseThrow().isSuspended()).isFalse();
  }

  @Test
  default void largeMessagesAreReplayedWholeWhenTheyAreCutInTheMiddle() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    QWormholeClient<String> client = stage().connect(resumableClient(relay), new ClientTrace<>());
    relay.cutAfter(700_000);
    relay.cut();
    for (int i = 0; i < 5; i++) {
      assertThat(client.send(i + "y".repeat(300_000 + i), Deadline.LONG))
          .isEqualTo(SendResult.SENT);
    }

    List<String> messages = atServer.messages.await(5);
    for (int i = 0; i < 5; i++) {
      assertThat(messages.get(i)).isEqualTo(i + "y".repeat(300_000 + i));
    }
  }

  @Test
  default void aClientWhoseServerWasReplacedIsToldOnceWhichMessagesHaveAnUnknownFate()
      throws Exception {
    QWormholeServer<String> first = stage().listen(resumableServer(), new ServerTrace<>());
    ServerTrace<String> atSecond = new ServerTrace<>();
    QWormholeServer<String> second = stage().listen(resumableServer(), atSecond);
    Relay relay = relayTo(first);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(resumableClient(relay), atClient);
    Connection<String> before = client.connection().orElseThrow();
    client.send("handled");
    Deadline.until("it is acknowledged", () -> before.acknowledged() == 1);
    relay.refuse(true);
    relay.cut();
    atClient.suspended.next();
    client.send("one");
    client.send("two");
    relay.leadTo(second.port());
    relay.refuse(false);

    SessionLoss<String> loss = atClient.losses.next();
    assertThat(loss.unknown()).containsExactly("one", "two");
    assertThat(loss.code()).isEqualTo(ErrorCode.E_SESSION_UNKNOWN);
    assertThat(loss.resent()).isFalse();
    assertThat(atClient.closed.next().connection()).isSameAs(before);
    atClient.ready.await(2);
    client.send("three");
    assertThat(atSecond.messages.next()).isEqualTo("three");
    assertThat(atClient.losses.count()).isOne();
  }

  @Test
  default void aClientWhoseSessionIsUnknownAsksForAnotherOneAtOnce() throws Exception {
    QWormholeServer<String> first = stage().listen(resumableServer(), new ServerTrace<>());
    QWormholeServer<String> second = stage().listen(resumableServer(), new ServerTrace<>());
    Relay relay = relayTo(first);
    ClientTrace<String> atClient = new ClientTrace<>();
    Duration delay = Duration.ofMillis(200);
    stage()
        .connect(
            resumableClient(relay).reconnect(new ReconnectPolicy(delay, delay, 1, 1_000)),
            atClient);
    for (int i = 1; i <= 5; i++) {
      relay.leadTo((i % 2 == 0 ? first : second).port());
      relay.cut();
      atClient.losses.await(i);
      atClient.ready.await(i + 1);
      assertThat(atClient.retries.await(2 * i).get(2 * i - 1).delay()).isZero();
    }
  }

  @Test
  default void messagesOfALostSessionGoFirstInTheNextOneWhereThatWasAskedFor() throws Exception {
    QWormholeServer<String> first = stage().listen(resumableServer(), new ServerTrace<>());
    ServerTrace<String> atSecond = new ServerTrace<>();
    QWormholeServer<String> second = stage().listen(resumableServer(), atSecond);
    Relay relay = relayTo(first);
    ClientTrace<String> atClient =
        new ClientTrace<>() {
          @Override
          void ready(Connection<String> connection) {
            connection.send("ready");
          }
        };
    QWormholeClient<String> client =
        stage().connect(resumableClient(relay).resendOnSessionLoss(true), atClient);
    Connection<String> before = client.connection().orElseThrow();
    Deadline.until("the first is acknowledged", () -> before.acknowledged() == 1);
    relay.refuse(true);
    relay.cut();
    atClient.suspended.next();
    client.send("one");
    relay.leadTo(second.port());
    relay.refuse(false);

    assertThat(atClient.losses.next().resent()).isTrue();
    assertThat(atSecond.messages.await(2)).containsExactly("one", "ready");
  }

  @Test
  default void aSessionWhoseClientDoesNotComeBackInTimeEnds() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(resumableServer().sessionTimeout(Duration.ofMillis(100)), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(resumableClient(relay), atClient);
    relay.refuse(true);
    relay.cut();

    assertThat(atServer.closed.next().reason().code()).isEqualTo(ErrorCode.E_SESSION_LOST);
    assertThat(atClient.losses.next().code()).isEqualTo(ErrorCode.E_SESSION_LOST);
    assertThat(server.connectionCount()).isZero();
    relay.refuse(false);
    atClient.ready.await(2);
    assertThat(atServer.connections.await(2)).hasSize(2);
  }

  @Test
  default void theOldestSessionsEndWhenTooManyWait() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer().maxSuspended(1), atServer);
    Relay relay = relayTo(server);
    stage().connect(resumableClient(relay), new ClientTrace<>());
    Connection<String> oldest = atServer.connections.next();
    relay.refuse(true);
    relay.cut();
    atServer.suspended.next();
    Relay other = relayTo(server);
    stage().connect(resumableClient(other), new ClientTrace<>());
    Connection<String> newest = atServer.connections.next();
    other.refuse(true);
    other.cut();

    var ended = atServer.closed.next();
    assertThat(ended.connection()).isSameAs(oldest);
    assertThat(ended.reason().code()).isEqualTo(ErrorCode.E_SESSION_LOST);
    other.refuse(false);
    assertThat(atServer.resumed.next()).isSameAs(newest);
  }

  @Test
  default void aSessionIsClosedByEitherApplicationWhileItHasNoLink() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(resumableClient(relay), atClient);
    relay.refuse(true);
    relay.cut();
    Connection<String> ofServer = atServer.suspended.next().connection();
    atClient.suspended.next();

    ofServer.close("enough");
    client.close(Duration.ofSeconds(1));

    assertThat(atServer.closed.next().reason().isOrderly()).isTrue();
    assertThat(atClient.closed.next().reason().isOrderly()).isTrue();
    assertThat(atClient.end().isOrderly()).isTrue();
    assertThat(atClient.losses.count()).isZero();
    assertThat(ofServer.trySend("late")).isEqualTo(SendResult.CLOSED);
    Deadline.until("the connection to be forgotten", () -> server.connections().isEmpty());
  }

  @Test
  default void aConnectionThatIsClosedWhileItsLinkIsBeingLostIsToldAsClosed() throws Exception {
    ServerTrace<String> atServer =
        new ServerTrace<>() {
          @Override
          void suspended(Connection<String> connection) {
            connection.close("enough");
          }
        };
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient =
        new ClientTrace<>() {
          @Override
          void suspended(Connection<String> connection) {
            connection.close("enough");
          }
        };
    stage().connect(resumableClient(relay), atClient);
    relay.cut();

    assertThat(atServer.closed.next().reason().detail()).isEqualTo("enough");
    assertThat(atClient.closed.next().reason().detail()).isEqualTo("enough");
    assertThat(atClient.losses.count()).isZero();
  }

  @Test
  default void anOrderlyCloseEndsTheSessionOfBothSides() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(resumableClient(relay), atClient);

    atServer.connections.next().close("enough");

    assertThat(atServer.closed.next().reason().isOrderly()).isTrue();
    assertThat(atClient.closed.next().reason().detail()).isEqualTo("enough");
    atClient.ready.await(2);
    assertThat(atClient.suspended.count() + atClient.losses.count()).isZero();
  }

  @Test
  default void aCorruptedMessageIsSentAgainWhenMessagesCarryChecksums() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer().checksum(true), atServer);
    Relay relay = relayTo(server);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(resumableClient(relay).checksum(true), atClient);
    Connection<String> ofServer = atServer.connections.next();
    relay.corrupt(2_000);
    for (int i = 0; i < 1000; i++) {
      assertThat(ofServer.send("" + i, Deadline.LONG)).isEqualTo(SendResult.SENT);
    }

    assertThat(atClient.messages.await(1000)).isEqualTo(numbers(1000));
    assertThat(atClient.resumed.next()).isNotNull();
    assertThat(atClient.suspended.next().reason().code()).isEqualTo(ErrorCode.E_CHECKSUM);
  }

  @Test
  default void aClientThatDoesNotAskHasNoSession() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(resumableServer(), atServer);
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()), new ClientTrace<>());

    assertThat(client.connection().orElseThrow().negotiated().session()).isFalse();
    assertThat(atServer.connections.next().negotiated().session()).isFalse();
    try (WirePeer peer = stage().dial(server)) {
      assertThat(peer.negotiate().json().has("session")).isFalse();
      assertThat(server.connections()).hasSizeBetween(1, 2);
    }
  }

  @Test
  default void sessionsOfClientsThatSignGoOnSigned() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(resumableServer().identity(Identity.generate()), atServer);
    Relay relay = relayTo(server);
    Identity identity = Identity.generate();
    ClientTrace<String> atClient = new ClientTrace<>();
    stage().connect(resumableClient(relay).identity(identity), atClient);
    Connection<String> ofServer = atServer.connections.next();
    relay.cut();

    atServer.resumed.next();
    assertThat(ofServer.peer().identity().orElseThrow().publicKey())
        .isEqualTo(identity.publicKey());
    ofServer.send("still here");
    assertThat(atClient.messages.next()).isEqualTo("still here");
  }
}
