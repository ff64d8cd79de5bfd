package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.Identity;

/** Signed handshakes: who a peer is, and what nobody can make it say. */
interface SignatureTopic extends Topic {
  int PIPELINED_BEHIND_A_SIGNATURE = 5_000;
  int BAD_SIGNATURES = 400;
  int BURST = 50;

  @Test
  default void bothSidesSeeTheVerifiedIdentityOfTheOther() {
    Identity ofServer = Identity.generate();
    Identity ofClient = Identity.generate();
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage().server().identity(ofServer).allowedKeys(Set.of(ofClient.publicKey())),
                serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .connect(
                stage()
                    .client(server.port())
                    .identity(ofClient)
                    .tags(Map.of("10", "ten", "9", 1e21, "text", "\u2028 \"q\" \uD83D\uDE00"))
                    .allowedKeys(Set.of(ofServer.publicKey())),
                clientTrace);
    Connection<String> atServer = serverTrace.connections.next();
    assertThat(atServer.peer().identity()).contains(ofClient.peer());
    assertThat(atServer.peer().sid()).isEqualTo(ofClient.sid());
    assertThat(atServer.trust().proven()).isTrue();
    Connection<String> atClient = clientTrace.ready.next();
    assertThat(atClient.peer().identity()).contains(ofServer.peer());
    assertThat(atClient.peer().sid()).isEqualTo(ofServer.sid());
    assertThat(atClient.trust().policy()).isEqualTo(atServer.trust().policy());
    client.send("x");
    assertThat(clientTrace.messages.next()).isEqualTo("x");
  }

  @Test
  default void aSignedLegacyClientIsServedAndWhatItPipelinesWaits() throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    List<byte[]> frames = new ArrayList<>(List.of(Wire.frame(alice.handshake())));
    for (int i = 0; i < PIPELINED_BEHIND_A_SIGNATURE; i++) {
      frames.add(Wire.frame("message " + i));
    }
    CompletableFuture<Void> written =
        stage().dial(server).writeInBackground(Wire.concat(frames.toArray(byte[][]::new)));
    List<String> messages = trace.messages.await(PIPELINED_BEHIND_A_SIGNATURE);
    for (int i = 0; i < PIPELINED_BEHIND_A_SIGNATURE; i++) {
      assertThat(messages.get(i)).isEqualTo("message " + i);
    }
    Deadline.get("the frames to be written", written);
    assertThat(trace.connections.next().peer().identity().orElseThrow().publicKey())
        .isEqualTo(alice.publicKey());
  }

  /** Matrix row 15. */
  @Test
  default void aFlippedByteAWrongKeyAndAPointOfSmallOrderAreRefusedInTheSameWords()
      throws Exception {
    SignedWire alice = new SignedWire();
    SignedWire stranger = new SignedWire();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().allowedKeys(Set.of(alice.publicKey())), trace);
    byte[] smallOrder =
        HexFormat.of().parseHex("302a300506032b6570032100" + "01" + "00".repeat(31));
    Map<String, String> wrongKey = alice.signed(alice.members());
    wrongKey.put("publicKey", SignedWire.quoted(stranger.publicKey()));
    Map<String, String> noKey = alice.signed(alice.members());
    noKey.put("publicKey", SignedWire.quoted(Base64.getEncoder().encodeToString(smallOrder)));
    Map<String, String> otherSignature = alice.signed(alice.members());
    otherSignature.put("signature", alice.signed(alice.members()).get("signature"));
    Map<String, String> claim = alice.signed(alice.members());
    claim.put("nIndex", "0.9");

    Set<String> words = new HashSet<>();
    for (String bad :
        List.of(
            SignedWire.json(wrongKey),
            SignedWire.json(noKey),
            SignedWire.json(otherSignature),
            SignedWire.json(claim),
            stranger.handshake())) {
      words.add(refusalOf(server, trace, bad).detail());
    }
    assertThat(words).hasSize(1);
    byte[] good = alice.handshake().getBytes(StandardCharsets.UTF_8);
    for (int at = 1; at < good.length; at += 23) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x04;
      refuse(server, trace, Wire.frame(flipped));
    }
    assertThat(trace.connections.all()).isEmpty();
    assertThat(trace.messages.all()).isEmpty();
  }

  /** Matrix row 16. */
  @Test
  default void aHandshakeFromWhichAMemberWasStrippedIsRefused() throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    for (String member : List.of("signature", "nonce", "publicKey", "version", "nIndex", "ts")) {
      Map<String, String> stripped = alice.signed(alice.members());
      stripped.remove(member);
      assertThat(refusalOf(server, trace, SignedWire.json(stripped)).code())
          .as("without %s", member)
          .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    }
    Map<String, String> nonceAlone = new TreeMap<>();
    nonceAlone.put("type", "\"handshake\"");
    nonceAlone.put("nonce", "\"x\"");
    assertThat(refusalOf(server, trace, SignedWire.json(nonceAlone)).code())
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(trace.connections.all()).isEmpty();
  }

  /** Matrix row 17. */
  @Test
  default void aReplayedHandshakeIsRefusedNowAndAnHourLater() throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    String handshake = alice.handshake();
    assertThat(stage().dial(server).send(handshake).send("x").readText()).isEqualTo("x");
    assertThat(refusalOf(server, trace, handshake).code())
        .isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
    for (long hours : new long[] {-1, 1}) {
      SortedMap<String, String> members = alice.members();
      members.put("ts", String.valueOf(System.currentTimeMillis() + hours * 3_600_000));
      assertThat(refusalOf(server, trace, SignedWire.json(alice.signed(members))).code())
          .isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
    }
    assertThat(stage().dial(server).send(alice.handshake()).send("y").readText()).isEqualTo("y");
  }

  @Test
  default void clientsThatShareAKeyComeInAllAtOnceAndNeverAtOneTime() {
    Identity identity = Identity.generate();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    List<QWormholeClient<String>> clients = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      clients.add(
          stage().make(stage().client(server.port()).identity(identity), new ClientTrace<>()));
    }
    clients.stream()
        .map(QWormholeClient::connect)
        .toList()
        .forEach(ready -> Deadline.get("a client to come in", ready));
    assertThat(
            trace.connections.await(BURST).stream()
                .map(connection -> connection.peer().payload().path("ts").longValue())
                .distinct())
        .hasSize(BURST);
  }

  @Test
  default void equalHandshakesComeInOverTlsWhereAnOptionSaysSo() throws Exception {
    String handshake = new SignedWire().handshake();
    for (boolean accepted : new boolean[] {true, false}) {
      ServerTrace<String> trace = ServerTrace.echo();
      QWormholeServer<String> server =
          stage()
              .listen(
                  stage().server().tls(TlsCertificates.server()).acceptRepeatedHandshakes(accepted),
                  trace);
      for (boolean first : new boolean[] {true, false}) {
        WirePeer peer =
            stage()
                .add(
                    new WirePeer(
                        TlsCertificates.client()
                            .build()
                            .context()
                            .getSocketFactory()
                            .createSocket("127.0.0.1", server.port())));
        peer.send(handshake).send("x");
        if (first || accepted) {
          assertThat(peer.readText()).isEqualTo("x");
        } else {
          assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_HANDSHAKE_REPLAYED);
        }
      }
    }
  }

  /** Matrix row 18. */
  @Test
  default void capabilitiesThatWereRewrittenOnTheWayAreRefusedWhereTheHandshakeIsSigned()
      throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    assertThat(stage().dial(server).send(alice.scpHandshake()).read().json().path("re").asText())
        .isEqualTo(Wire.NONCE);
    for (String caps :
        List.of("{}", "{\"scp\":{\"nonce\":\"" + Wire.NONCE + "\",\"version\":\"1.1\"}}")) {
      SortedMap<String, String> members = alice.members();
      members.put("caps", "{\"scp\":{\"nonce\":\"" + Wire.NONCE + "\",\"version\":\"1.0\"}}");
      Map<String, String> rewritten = alice.signed(members);
      rewritten.put("caps", caps);
      assertThat(refusalOf(server, trace, SignedWire.json(rewritten)).code())
          .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    }
  }

  /** Matrix row 25. */
  @Test
  default void aFloodOfBadSignaturesDoesNotHurtABystander() throws Exception {
    SignedWire alice = new SignedWire();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    Bystander bystander = new Bystander(stage(), server.port());
    bystander.assertServed();
    Map<String, String> bad = alice.signed(alice.members());
    bad.put("sid", SignedWire.quoted("changed"));
    byte[] frame = Wire.frame(SignedWire.json(bad));
    CompletableFuture<Void> flood =
        WirePeer.inBackground(
            () -> {
              for (int sent = 0; sent < BAD_SIGNATURES; sent += BURST) {
                burst(server.port(), frame);
              }
              return null;
            });
    long slowestNanos = 0;
    do {
      long start = System.nanoTime();
      bystander.assertServed();
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    } while (!flood.isDone());
    Deadline.get("the flood to end", flood);
    assertThat(Duration.ofNanos(slowestNanos))
        .as("the bystander's slowest ten messages")
        .isLessThan(Duration.ofSeconds(10));
    Deadline.until("all to be refused", () -> server.statistics().rejected() >= BAD_SIGNATURES);
    assertThat(trace.connections.count()).as("only the bystander").isEqualTo(1);
  }

  /** Peers that are all there at once, and stay until they are refused. */
  private static void burst(int port, byte[] frame) throws IOException {
    List<WirePeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < BURST; i++) {
        WirePeer peer = new WirePeer(new Socket(InetAddress.getLoopbackAddress(), port));
        peers.add(peer);
        peer.write(frame);
      }
      for (WirePeer peer : peers) {
        peer.awaitEnd();
      }
    } finally {
      for (WirePeer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  default void aServerMayRequireASignature() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().requireSignature(true), trace);
    assertThat(refusalOf(server, trace, Wire.LEGACY_HANDSHAKE).code())
        .isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    QWormholeClient<String> unsigned =
        stage().make(stage().client(server.port()), new ClientTrace<>());
    assertCode(unsigned.connect(), ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(unsigned.reconnects()).as("it cannot heal by retrying").isZero();
    stage()
        .connect(stage().client(server.port()).identity(Identity.generate()), new ClientTrace<>());
  }

  @Test
  default void aClientTellsNothingToAServerWhoseKeyIsNotOnItsList() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().identity(Identity.generate()), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(server.port()).allowedKeys(Set.of(Identity.generate().publicKey())),
                clientTrace);
    assertCode(client.connect(), ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(clientTrace.end().code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(clientTrace.connected.all()).isEmpty();
    assertThat(client.reconnects()).isZero();
  }

  @Test
  default void aServerThatSignsNothingIsRefusedWhereASignatureIsRequired() throws Exception {
    WireListener listener = stage().wireListener();
    for (String word : List.of("answer", "legacy", "silence")) {
      ClientTrace<String> trace = new ClientTrace<>();
      QWormholeClient<String> client =
          stage()
              .make(
                  stage()
                      .client(listener.port())
                      .requireSignature(true)
                      .reconnect(ReconnectPolicy.NONE)
                      .handshakeTimeout(Duration.ofMillis(200)),
                  trace);
      CompletableFuture<Connection<String>> ready = client.connect();
      WirePeer peer = listener.accept();
      if (word.equals("answer")) {
        peer.welcome();
      } else {
        peer.read();
        if (word.equals("legacy")) {
          peer.send("hello");
        }
      }
      assertThat(peer.awaitEnd()).as("sent to a server nobody knows").isEmpty();
      peer.close();
      assertCode(
          ready,
          switch (word) {
            case "answer" -> ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE;
            case "legacy" -> ErrorCode.E_HANDSHAKE_REJECTED;
            default -> ErrorCode.E_HANDSHAKE_TIMEOUT;
          });
      assertThat(trace.connected.all()).isEmpty();
      assertThat(trace.messages.all()).isEmpty();
    }
  }

  @Test
  default void aClientThatClosesWhileItWaitsForASignatureEndsAtOnce() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(listener.port()).requireSignature(true), trace);
    CompletableFuture<Connection<String>> ready = client.connect();
    WirePeer peer = listener.accept();
    peer.read();
    client.close(Duration.ofSeconds(20));
    peer.awaitEnd();
    assertCode(ready, ErrorCode.E_CLOSED);
    assertThat(trace.end().isOrderly()).isTrue();
  }

  /** Matrix row 41. */
  @Test
  default void noSecretIsInAnythingThatIsTold() throws Exception {
    byte[] seed = "CANARY-CANARY-CANARY-CANARY-CANA".getBytes(StandardCharsets.US_ASCII);
    Identity identity =
        Identity.fromDer(
            HexFormat.of()
                .parseHex("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed)));
    Inbox<Object> told = new Inbox<>("telemetry");
    ServerTrace<String> trace = ServerTrace.echo();
    var serverOptions = stage().server().identity(identity).telemetry(told::add);
    QWormholeServer<String> server = stage().listen(serverOptions, trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    var clientOptions = stage().client(server.port()).identity(identity).telemetry(told::add);
    QWormholeClient<String> client = stage().connect(clientOptions, clientTrace);
    client.send("x");
    clientTrace.messages.next();
    refusalOf(server, trace, "{\"type\":\"handshake\",\"signature\":\"CANARY\",\"version\":7}");
    client.close();
    clientTrace.end();
    List<Object> texts = new ArrayList<>(told.all());
    texts.add(identity);
    texts.add(trace.connections.next());
    texts.add(trace.connections.all().get(0).peer());
    texts.add(clientTrace.ready.next().peer());
    texts.addAll(trace.errors.all().stream().map(Throwable::getMessage).toList());
    texts.add(serverOptions.build());
    texts.add(clientOptions.build());
    texts.add(server.report());
    for (Object text : texts) {
      assertThat(String.valueOf(text))
          .doesNotContain("CANARY")
          .doesNotContain(Base64.getEncoder().encodeToString(seed).substring(0, 20))
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(seed).substring(0, 20));
    }
  }

  private QWormholeException refusalOf(
      QWormholeServer<String> server, ServerTrace<String> trace, String handshake)
      throws Exception {
    return refuse(server, trace, Wire.frame(handshake));
  }

  /** What follows a handshake that is refused is in the server's hands when it refuses. */
  private QWormholeException refuse(
      QWormholeServer<String> server, ServerTrace<String> trace, byte[] first) throws Exception {
    try (WirePeer peer = stage().dial(server)) {
      peer.write(first, Wire.frame("one"), Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("two"));
      QWormholeException refusal = trace.errors.next();
      peer.awaitEnd();
      return refusal;
    }
  }

  private static void assertCode(CompletableFuture<?> outcome, ErrorCode code) {
    assertThat(Deadline.failure("connect", outcome))
        .isInstanceOfSatisfying(
            QWormholeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
