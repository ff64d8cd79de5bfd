package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.TrustPolicy;

/** What two peers agree on in their handshakes, and keep to. */
interface AgreementTopic extends Topic {
  int ACK = 1;

  @Test
  default void bothSidesExposeTheSameAndNothingIsOnUnasked() {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage().connect(stage().client(server.port()), clientTrace);
    Negotiated negotiated = clientTrace.ready.next().negotiated();
    Connection<String> atServer = trace.connections.next();
    assertThat(atServer.negotiated()).isEqualTo(negotiated);
    assertThat(negotiated.scp()).isTrue();
    assertThat(negotiated.codecs()).contains("binary", "text", "json");
    assertThat(negotiated.checksum()).isFalse();
    assertThat(negotiated.ack()).isFalse();
    assertThat(atServer.trust().enforced()).isFalse();
    assertThat(atServer.trust().policy()).isEqualTo(TrustPolicy.IMMUNE);
    assertThat(atServer.peer().caps().at("/transport/backend").asText()).isNotEmpty();
    assertThat(atServer.peer().caps().has("session")).isFalse();
  }

  @Test
  default void aLegacyPeerHasNothingNegotiatedAndUnknownCapabilitiesSurvive() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().checksum(true), trace);
    String caps = "{\"x-odd\":{\"deep\":[1,{\"y\":true}]},\"checksum\":[\"crc32c\"]}";
    stage()
        .dial(server)
        .send("{\"type\":\"handshake\",\"nIndex\":0.7,\"caps\":" + caps + "}")
        .send("x")
        .readText();
    Connection<String> connection = trace.connections.next();
    assertThat(connection.negotiated()).isEqualTo(Negotiated.NOTHING);
    assertThat(connection.peer().caps().toString()).isEqualTo(caps);
    assertThat(connection.trust().index()).isEqualTo(0.7);
    assertThat(connection.trust().proven()).isFalse();
  }

  @Test
  default void aRequiredCapabilityThatIsMissingIsARejectionWithAReason() {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().requireCapability("checksum:crc32c"), trace);
    QWormholeClient<String> without =
        stage().make(stage().client(server.port()), new ClientTrace<>());
    assertThat(Deadline.failure("connect", without.connect()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_HANDSHAKE_REJECTED);
              assertThat(e.detail()).isEqualTo("capability checksum:crc32c is required");
            });
    stage().connect(stage().client(server.port()).checksum(true), new ClientTrace<>());
    QWormholeClient<String> demanding =
        stage()
            .make(
                stage().client(server.port()).checksum(true).requireCapability("smoke-signals"),
                new ClientTrace<>());
    assertThat(Deadline.failure("connect", demanding.connect()))
        .hasMessageContaining("smoke-signals is required");
  }

  @Test
  default void messagesOfEverySizeCarryAChecksumWhereAClientAsks() {
    ServerTrace<byte[]> trace = ServerTrace.echo();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    ClientTrace<byte[]> clientTrace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()).checksum(true), clientTrace);
    Connection<byte[]> connection = clientTrace.ready.next();
    assertThat(connection.negotiated().checksum()).isTrue();
    assertThat(trace.connections.next().negotiated().checksum()).isTrue();
    long before = connection.statistics().bytesOut();
    int bytes = 0;
    List<Integer> sizes = List.of(0, 1, 100, 4_087, 4_088, 65_475, 65_476, 300_000, 1 << 20);
    for (int size : sizes) {
      client.send(Bytes.of(size));
      Bytes.assertSame(clientTrace.messages.next(), Bytes.of(size));
      bytes += size + 8;
    }
    assertThat(connection.statistics().bytesOut() - before).isEqualTo(bytes);
    try (var batch = client.batch()) {
      for (int i = 0; i < 100; i++) {
        batch.send(Bytes.of(10), Duration.ofSeconds(10));
      }
    }
    clientTrace.messages.await(sizes.size() + 100);
    assertThat(trace.errors.all()).isEmpty();
  }

  @Test
  default void largeDirectBuffersCarryAChecksumAsWell() {
    ServerTrace<byte[]> trace = ServerTrace.echo();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    ClientTrace<ByteBuffer> clientTrace = new ClientTrace<>();
    QWormholeClient<ByteBuffer> client =
        stage().connect(stage().client(Codec.bytes(), server.port()).checksum(true), clientTrace);
    byte[] large = Bytes.of(500_000);
    client.send(ByteBuffer.allocateDirect(large.length).put(large).flip());
    Bytes.assertSame(trace.messages.next(), large);
  }

  @Test
  default void aMessageThatWasCorruptedOnTheWayEndsTheConnection() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.send(
        "{\"type\":\"handshake\",\"caps\":{\"scp\":{\"version\":\"1.0\",\"nonce\":\""
            + Wire.NONCE
            + "\"},\"checksum\":[\"crc32c\"],\"want\":[\"checksum\"]}}");
    assertThat(peer.read().json().at("/caps/checksum/0").asText()).isEqualTo("crc32c");
    peer.write(checked("good"));
    assertThat(peer.readMessage()).isEqualTo(payloadOf(checked("good")));
    byte[] corrupt = checked("corrupt");
    corrupt[6] ^= 1;
    peer.write(corrupt, checked("after"));
    CloseReason reason = trace.closed.next().reason();
    assertThat(reason.code()).isEqualTo(ErrorCode.E_CHECKSUM);
    assertThat(reason.initiator()).isEqualTo(Initiator.LOCAL);
    peer.awaitEnd();
    assertThat(trace.messages.all()).containsExactly("good");
  }

  private static byte[] checked(String text) {
    byte[] frame = Wire.frame(text);
    ByteBuffer.wrap(frame).putInt(frame.length);
    CRC32C crc = new CRC32C();
    crc.update(frame);
    return Wire.concat(frame, Wire.word((int) crc.getValue()));
  }

  /** What a reader of frames without checksums takes for the payload. */
  private static byte[] payloadOf(byte[] frame) {
    return Arrays.copyOfRange(frame, 4, frame.length);
  }

  @Test
  default void anAnswerThatComesTooLateForChecksumsEndsTheConnection() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(listener.port()).checksum(true).answerTimeout(Duration.ofMillis(1)),
                trace);
    Connection<String> connection = Deadline.get("connect", client.connect());
    assertThat(connection.negotiated().checksum()).isFalse();
    listener.accept().welcome();
    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_HANDSHAKE_TIMEOUT);
  }

  @Test
  default void anEnforcedPolicyAcknowledgesChecksAndWritesOneByOne() {
    int messages = 600;
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().identity(Identity.generate()), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).enforceTrust(true), clientTrace);
    Connection<String> connection = clientTrace.ready.next();
    assertThat(connection.trust().policy()).isEqualTo(TrustPolicy.PARANOIA);
    assertThat(connection.trust().enforced()).isTrue();
    assertThat(connection.negotiated().ack()).isTrue();
    assertThat(connection.negotiated().checksum()).isTrue();
    assertThat(trace.connections.next().negotiated()).isEqualTo(connection.negotiated());
    long before = connection.statistics().writes();
    for (int i = 0; i < messages; i++) {
      client.send("message " + i);
    }
    trace.messages.await(messages);
    Deadline.until("all to be acknowledged", () -> connection.acknowledged() == messages);
    assertThat(connection.statistics().writes() - before).isGreaterThanOrEqualTo(messages);
  }

  @Test
  default void anAckOfWhatWasNeverSentEndsTheConnection() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    peer.negotiate();
    peer.write(ack(0), Wire.frame("x"));
    assertThat(peer.readText()).isEqualTo("x");
    peer.write(ack(1_000_000), Wire.frame("after"));
    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_PROTOCOL_ERROR);
    peer.awaitEnd();
    assertThat(trace.messages.all()).containsExactly("x");
  }

  private static byte[] ack(long count) {
    return Wire.control(ACK, ByteBuffer.allocate(8).putLong(count).array());
  }

  @Test
  default void aServerThatDoesNotAnswerGetsMessagesWithoutChecksums() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(listener.port()).checksum(true).answerTimeout(Duration.ofMillis(50)),
                trace);
    CompletableFuture<Connection<String>> ready = client.connect();
    WirePeer peer = listener.accept();
    peer.read();
    assertThat(Deadline.get("connect", ready).negotiated()).isEqualTo(Negotiated.NOTHING);
    client.send("plain");
    assertThat(peer.readText()).isEqualTo("plain");
    peer.send("as well");
    assertThat(trace.messages.next()).isEqualTo("as well");
  }
}
