package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.Connection;
import qwormhole.api.HandshakeVerifier;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.PeerInfo;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Who is let in: verifiers, filter by address, limits. */
interface AdmissionTopic extends Topic {
  int PIPELINED = 10_000;

  @Test
  default void whatAPeerPipelinesWaitsForTheAuthorisation() throws Exception {
    CompletableFuture<Verdict> decision = new CompletableFuture<>();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().verifier(applicant -> decision), trace);
    List<byte[]> frames = new ArrayList<>(List.of(Wire.frame(Wire.LEGACY_HANDSHAKE)));
    for (int i = 0; i < PIPELINED; i++) {
      frames.add(Wire.frame("message " + i));
    }
    WirePeer peer = stage().dial(server);
    CompletableFuture<Void> written =
        peer.writeInBackground(Wire.concat(frames.toArray(byte[][]::new)));
    Deadline.throughout("nothing to be delivered", () -> trace.log.count() == 1);
    assertThat(server.statistics().pending()).isEqualTo(1);
    assertThat(server.connectionCount()).isZero();
    assertThat(server.broadcast("not for this one").sent()).isZero();
    decision.complete(Verdict.accept());
    List<String> messages = trace.messages.await(PIPELINED);
    for (int i = 0; i < PIPELINED; i++) {
      assertThat(messages.get(i)).isEqualTo("message " + i);
    }
    Deadline.get("the frames to be written", written);
    assertThat(messages).hasSize(PIPELINED);
    assertThat(trace.log.all().subList(0, 2)).containsExactly("listening", "connection");
  }

  @Test
  default void aVerifierSeesThePeerAndDecidesAtOnceOrLater() {
    List<PeerInfo> seen = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    CompletableFuture<Verdict> later = new CompletableFuture<>();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .verifier(
                        applicant -> {
                          seen.add(applicant.peer());
                          addresses.add(applicant.remote());
                          return seen.size() == 1
                              ? CompletableFuture.completedFuture(Verdict.accept())
                              : later;
                        }),
                trace);
    stage().connect(stage().client(server.port()), new ClientTrace<>());
    assertThat(seen.get(0).version()).isEqualTo("1.0.0");
    assertThat(addresses.get(0)).isEqualTo(trace.connections.next().remoteAddress());
    ClientTrace<String> slow = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(server.port()).answerTimeout(Duration.ofSeconds(30)), slow);
    CompletableFuture<Connection<String>> ready = client.connect();
    slow.connected.next();
    client.send("early");
    Deadline.until("both to be seen", () -> addresses.size() == 2);
    assertThat(ready).isNotDone();
    later.complete(Verdict.accept());
    assertThat(Deadline.get("connect", ready).peer().negotiated()).isTrue();
    assertThat(slow.messages.next()).isEqualTo("early");
  }

  /** Ways to fail. */
  static Stream<HandshakeVerifier> failures() {
    return Stream.of(
        applicant -> CompletableFuture.completedFuture(null),
        applicant -> CompletableFuture.failedFuture(new IllegalStateException("down")),
        applicant -> null,
        applicant -> {
          throw new IllegalStateException("thrown");
        },
        applicant -> {
          throw new StackOverflowError("thrown");
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  default void aVerifierThatFailsLetsNobodyInAndIsAskedAgain(HandshakeVerifier failing)
      throws Exception {
    AtomicBoolean works = new AtomicBoolean();
    ServerTrace<String> trace = ServerTrace.echo();
    HandshakeVerifier verifier =
        applicant ->
            works.get()
                ? CompletableFuture.completedFuture(Verdict.accept())
                : failing.verify(applicant);
    QWormholeServer<String> server = stage().listen(stage().server().verifier(verifier), trace);
    WirePeer legacy = stage().dial(server);
    legacy.write(Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("one"));
    assertThat(legacy.awaitEnd()).isEmpty();
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_VERIFIER_FAILED);
    assertThat(trace.connections.all()).isEmpty();
    ClientTrace<String> waiting = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .make(
                stage()
                    .client(server.port())
                    .reconnect(
                        new ReconnectPolicy(
                            Duration.ofMillis(10), Duration.ofMillis(50), 2, 10_000)),
                waiting);
    CompletableFuture<Connection<String>> ready = client.connect();
    assertThat(waiting.errors.next().code()).isEqualTo(ErrorCode.E_VERIFIER_FAILED);
    works.set(true);
    Deadline.get("the client to come in", ready);
    assertThat(trace.messages.all()).isEmpty();
  }

  @Test
  default void whoIsNotAuthorisedIsToldAndStaysOut() throws Exception {
    HandshakeVerifier verifier =
        applicant -> CompletableFuture.completedFuture(Verdict.reject("no"));
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().verifier(verifier), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().make(stage().client(server.port()), clientTrace);
    assertThat(Deadline.failure("connect", client.connect()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_UNAUTHORIZED));
    WirePeer legacy = stage().dial(server);
    legacy.write(Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("one"));
    assertThat(legacy.awaitEnd()).isEmpty();
    assertThat(trace.errors.await(2)).allMatch(error -> error.code() == ErrorCode.E_UNAUTHORIZED);
    assertThat(trace.connections.all()).isEmpty();
    assertThat(trace.messages.all()).isEmpty();
    assertThat(client.reconnects()).isZero();
  }

  @Test
  default void theHandshakeDeadlineHoldsForTheAuthorisation() throws Exception {
    CompletableFuture<Verdict> decision = new CompletableFuture<>();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .handshakeTimeout(Duration.ofMillis(200))
                    .verifier(applicant -> decision),
                trace);
    WirePeer peer = stage().dial(server).legacy().send("one");
    peer.awaitEnd();
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_HANDSHAKE_TIMEOUT);
    decision.complete(Verdict.accept());
    Deadline.throughout("nobody to come in", () -> trace.connections.count() == 0);
    assertThat(server.statistics().pending()).isZero();
  }

  @Test
  default void aFilterRefusesByAddressBeforeAnythingIsRead() throws Exception {
    AtomicBoolean open = new AtomicBoolean();
    List<InetSocketAddress> seen = new ArrayList<>();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .connectionFilter(
                        remote -> {
                          seen.add(remote);
                          return open.get();
                        }),
                trace);
    WirePeer refused = stage().dial(server);
    assertThat(refused.awaitEnd()).isEmpty();
    Deadline.until("it to be counted", () -> server.statistics().rejected() == 1);
    assertThat(seen).containsExactly((InetSocketAddress) refused.socket.getLocalSocketAddress());
    open.set(true);
    assertThat(stage().dial(server).legacy().send("x").readText()).isEqualTo("x");
    assertThat(trace.connections.count()).isEqualTo(1);
  }

  @Test
  default void aFullServerSaysSoAndTakesTheNextWhenThereIsRoom() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().maxClients(1), trace);
    QWormholeClient<String> first =
        stage().connect(stage().client(server.port()), new ClientTrace<>());
    assertThat(stage().dial(server).legacy().awaitEnd()).as("told to a legacy peer").isEmpty();
    ClientTrace<String> waiting = new ClientTrace<>();
    QWormholeClient<String> second =
        stage()
            .make(
                stage()
                    .client(server.port())
                    .reconnect(
                        new ReconnectPolicy(
                            Duration.ofMillis(10), Duration.ofMillis(50), 2, 10_000)),
                waiting);
    CompletableFuture<Connection<String>> ready = second.connect();
    assertThat(waiting.errors.next().code()).isEqualTo(ErrorCode.E_MAX_CLIENTS);
    assertThat(waiting.closed.next().reason().code()).isEqualTo(ErrorCode.E_MAX_CLIENTS);
    waiting.retries.next();
    assertThat(trace.errors.await(2)).allMatch(error -> error.code() == ErrorCode.E_MAX_CLIENTS);
    assertThat(server.connectionCount()).isEqualTo(1);
    first.close();
    Deadline.get("the second to come in", ready);
    second.send("x");
    assertThat(waiting.messages.next()).isEqualTo("x");
  }

  @Test
  default void noMoreThanMaxClientsComeInHoweverLongTheyWereAuthorised() throws Exception {
    int peers = 20;
    CompletableFuture<Verdict> decision = new CompletableFuture<>();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(stage().server().maxClients(1).loops(4).verifier(applicant -> decision), trace);
    for (int i = 0; i < peers; i++) {
      stage().dial(server).legacy();
    }
    Deadline.until("all to wait", () -> decision.getNumberOfDependents() == peers);
    decision.complete(Verdict.accept());
    assertThat(trace.errors.await(peers - 1))
        .allMatch(error -> error.code() == ErrorCode.E_MAX_CLIENTS);
    assertThat(trace.connections.await(1)).hasSize(1);
    assertThat(server.connectionCount()).isEqualTo(1);
    assertThat(server.statistics().accepted()).isEqualTo(1);
  }
}
