package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;

/** Who may go on with a session, and who may not: row 42 of the fault matrix. */
interface ResumeHostileTopic extends Topic {
  String UNKNOWN = "E_SESSION_UNKNOWN";
  String LOST = "E_SESSION_LOST";
  String SUPERSEDED = "E_RESUME_SUPERSEDED";

  private QWormholeServer<String> resumable(ServerTrace<String> trace) {
    return stage().listen(stage().server().resumable(true), trace);
  }

  @Test
  default void aSessionIsGivenToNobodyWhoDoesNotProveToHaveItsToken() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    WirePeer owner = stage().dial(server);
    SessionPeer session = SessionPeer.begin(owner);
    Connection<String> connection = trace.connections.next();

    String guess = "A".repeat(43) + "=";
    var guessed = new SessionPeer(session.id(), guess, session.epoch());
    SessionPeer.assertRefused(stage(), server, guessed.ask(0, 0), UNKNOWN);
    var elsewhere = new SessionPeer("AAAA", session.token(), session.epoch());
    SessionPeer.assertRefused(stage(), server, elsewhere.ask(0, 0), UNKNOWN);
    for (long epoch : new long[] {-1, 1, 7, Long.MAX_VALUE - 1}) {
      var other = new SessionPeer(session.id(), session.token(), epoch);
      SessionPeer.assertRefused(stage(), server, other.ask(0, 0), UNKNOWN);
    }
    String altered = session.ask(0, 0).replace("\"received\":0", "\"received\":1");
    SessionPeer.assertRefused(stage(), server, altered, UNKNOWN);
    SessionPeer.assertRefused(
        stage(), server, session.ask(0, 0).replaceAll("\"proof\":\"[^\"]*\"", "\"x\":1"), UNKNOWN);

    connection.send("undisturbed");
    assertThat(owner.readText()).isEqualTo("undisturbed");
    assertThat(trace.suspended.count()).isZero();
  }

  @Test
  default void aTokenIsOfNoUseOnceItsSuccessorHasBeenUsed() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    WirePeer first = stage().dial(server);
    SessionPeer stolen = SessionPeer.begin(first);
    Connection<String> connection = trace.connections.next();
    WirePeer second = stage().dial(server);
    SessionPeer granted = stolen.resume(second, 0, 0);
    first.awaitEnd();
    second.write(SessionPeer.ack(0)).send("mine");
    assertThat(trace.messages.next()).isEqualTo("mine");

    SessionPeer.assertRefused(stage(), server, stolen.ask(0, 0), UNKNOWN);
    connection.send("undisturbed");
    SessionPeer.assertNextMessage(second, "undisturbed");

    WirePeer third = stage().dial(server);
    granted.resume(third, 1, 1);
    second.awaitEnd();
  }

  @Test
  default void aClientThatNeverGotItsAnswerMayAskAgain() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    WirePeer first = stage().dial(server);
    SessionPeer session = SessionPeer.begin(first);
    Connection<String> connection = trace.connections.next();
    try (WirePeer second = stage().dial(server)) {
      second.send(session.ask(0, 0)); // and the answer is lost
      trace.resumed.next();
    }
    WirePeer third = stage().dial(server);
    session.resume(third, 2, 0, 0);
    connection.send("got it");
    SessionPeer.assertNextMessage(third, "got it");
  }

  @Test
  default void anOlderAttemptIsToldThatItIsSupersededAndDisturbsNobody() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    SessionPeer session = SessionPeer.begin(stage().dial(server));
    Connection<String> connection = trace.connections.next();
    WirePeer live = stage().dial(server);
    SessionPeer granted = session.resume(live, 2, 0, 0);

    SessionPeer.assertRefused(stage(), server, session.ask(1, 0, 0), SUPERSEDED);
    SessionPeer.assertRefused(stage(), server, session.ask(2, 0, 0), SUPERSEDED);
    SessionPeer.assertRefused(stage(), server, session.ask(1, 7, 7), SUPERSEDED);

    connection.send("undisturbed");
    SessionPeer.assertNextMessage(live, "undisturbed");
    assertThat(trace.closed.count()).isZero();
    WirePeer next = stage().dial(server);
    granted.resume(next, 1, 1, 0); // the next epoch's first
    SessionPeer.assertRefused(stage(), server, session.ask(3, 0, 0), UNKNOWN);
  }

  @Test
  default void ofManyClientsThatRaceForOneSessionExactlyOneHasIt() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    SessionPeer session = SessionPeer.begin(stage().dial(server));
    Connection<String> connection = trace.connections.next();
    List<CompletableFuture<Boolean>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      WirePeer racer = stage().dial(server);
      String words = session.ask(i + 1, 0, 0);
      racers.add(
          WirePeer.inBackground(
              () -> {
                try {
                  racer.send(words);
                  racer.write(SessionPeer.ack(0));
                } catch (IOException turnedAway) {
                  return false; // before its second word
                }
                return SessionPeer.readsTo(racer, "the end");
              }));
    }
    Deadline.until(
        "all but one have been turned away",
        () -> racers.stream().filter(CompletableFuture::isDone).count() == 7);
    connection.send("the end");

    int winners = 0;
    for (CompletableFuture<Boolean> racer : racers) {
      winners += Deadline.get("a racer", racer) ? 1 : 0;
    }
    assertThat(winners).isOne();
    assertThat(server.connectionCount()).isOne();
    assertThat(trace.connections.count()).isOne();
  }

  @Test
  default void aSessionOfAKeyIsNotGivenToAnotherKey() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    SignedWire key = new SignedWire();
    WirePeer owner = stage().dial(server);
    owner.send(key.sessionHandshake(null));
    SessionPeer session = SessionPeer.of(owner.read());
    trace.connections.next();

    SessionPeer.assertRefused(stage(), server, new SignedWire().sessionHandshake(session), UNKNOWN);
    SessionPeer.assertRefused(stage(), server, session.ask(0, 0), UNKNOWN);
    assertThat(trace.suspended.count()).isZero();

    WirePeer again = stage().dial(server);
    again.send(key.sessionHandshake(session));
    assertThat(SessionPeer.of(again.read()).id()).isEqualTo(session.id());
  }

  @Test
  default void aRequestForWhatIsNotKeptAnyMoreIsRefusedAndEndsTheSession() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = resumable(trace);
    WirePeer peer = stage().dial(server);
    SessionPeer session = SessionPeer.begin(peer);
    Connection<String> connection = trace.connections.next();
    for (int i = 0; i < 5; i++) {
      connection.send("" + i);
      peer.readText();
    }
    peer.write(SessionPeer.ack(5));
    Deadline.until("the acknowledgement", () -> connection.acknowledged() == 5);

    SessionPeer.assertRefused(stage(), server, session.ask(3, 0), LOST);

    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_SESSION_LOST);
    SessionPeer.assertRefused(stage(), server, session.ask(5, 0), UNKNOWN);
  }

  @Test
  default void aClientThatLacksWhatTheServerNeedsIsRefused() throws Exception {
    QWormholeServer<String> server = resumable(new ServerTrace<>());
    SessionPeer session = SessionPeer.begin(stage().dial(server));

    SessionPeer.assertRefused(stage(), server, session.ask(0, 1), LOST);
  }

  @Test
  default void noTokenIsInAnythingThatIsToldOrPrinted() throws Exception {
    List<String> told = new ArrayList<>();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .resumable(true)
                    .telemetry(
                        event -> {
                          synchronized (told) {
                            told.add(event.toString());
                          }
                        }),
                trace);
    SessionPeer session = SessionPeer.begin(stage().dial(server));
    Connection<String> connection = trace.connections.next();
    WirePeer second = stage().dial(server);
    SessionPeer next = session.resume(second, 0, 0);
    second.close();
    trace.suspended.await(2);

    String all;
    synchronized (told) {
      all = told + " " + connection + " " + connection.peer() + " " + connection.negotiated();
    }
    for (SessionPeer secret : List.of(session, next)) {
      assertThat(all).doesNotContain(secret.token());
    }
  }
}
