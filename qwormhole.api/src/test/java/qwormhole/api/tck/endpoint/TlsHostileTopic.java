package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.TlsOptions;
import qwormhole.api.TlsOptions.ClientAuth;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.tck.TestCertificate;

/** What TLS turns away: rows 19 to 21 of the fault matrix. Nothing of it reaches the application. */
interface TlsHostileTopic extends Topic {
  byte HANDSHAKE = 0x16;
  byte ALERT = 0x15;

  private QWormholeServer<String> secured(ServerTrace<String> trace) {
    return stage().listen(stage().server().tls(TlsCertificates.server()), trace);
  }

  /** Connects once, which must fail; why. */
  private QWormholeException refusal(QWormholeServer<?> server, TlsOptions tls) {
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(server.port()).tls(tls).reconnect(ReconnectPolicy.NONE),
                new ClientTrace<>());
    Throwable why = Deadline.failure("connect", client.connect());
    assertThat(why).isInstanceOf(QWormholeException.class);
    return (QWormholeException) why;
  }

  private static void assertNobodyCame(QWormholeServer<?> server, ServerTrace<String> trace) {
    Deadline.until("the end of what was refused", () -> server.statistics().pending() == 0);
    assertThat(trace.connections.count()).isZero();
    assertThat(trace.messages.count()).isZero();
    assertThat(server.connectionCount()).isZero();
  }

  @Test
  default void plainBytesToATlsPortAreNotLookedAt() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = secured(trace);
    WirePeer peer = stage().dial(server);
    peer.write(Wire.frame(Wire.LEGACY_HANDSHAKE), Wire.frame("hello"));

    peer.awaitEnd();
    assertNobodyCame(server, trace);
  }

  @Test
  default void tlsToAPlainPortSaysThatTheOtherSideDoesNotSpeakIt() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);

    QWormholeException why = refusal(server, TlsCertificates.client().build());

    assertThat(why.code()).isIn(ErrorCode.E_TLS, ErrorCode.E_CONNECTION_LOST);
    assertThat(why).hasMessageContaining("TLS");
    assertNobodyCame(server, trace);
  }

  @Test
  default void noPlainByteLeavesBeforeTheHandshake() throws Exception {
    WireListener listener = stage().wireListener();
    QWormholeClient<String> client =
        stage()
            .make(
                stage().client(listener.port()).tls(TlsCertificates.client().build()),
                new ClientTrace<>());
    var connecting = client.connect();
    WirePeer peer = listener.accept();

    byte[] record = peer.readBytes(5);
    assertThat(record[0]).isEqualTo(HANDSHAKE);
    byte[] hello = peer.readBytes(ByteBuffer.wrap(record).getShort(3));
    assertThat(new String(hello, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("\"type\"");
    assertThat(connecting).isNotDone();
  }

  @Test
  default void aServerWhoseCertificateIsNotRightIsRefused() {
    for (TestCertificate bad :
        List.of(
            TlsCertificates.expired(),
            TlsCertificates.notYetValid(),
            TlsCertificates.OTHER_HOST,
            TlsCertificates.STRANGER)) {
      ServerTrace<String> trace = new ServerTrace<>();
      QWormholeServer<String> server =
          stage().listen(stage().server().tls(TlsCertificates.with(bad).build()), trace);

      QWormholeException why = refusal(server, TlsCertificates.client().build());

      assertThat(why.code()).as(why.getMessage()).isEqualTo(ErrorCode.E_TLS);
      assertThat(why.code().isRetryable()).isFalse();
      assertNobodyCame(server, trace);
    }
  }

  @Test
  default void aTrustedServerThatIsNotThePinnedOneIsRefused() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = secured(trace);

    QWormholeException why =
        refusal(server, TlsCertificates.client().pins(Set.of("ab".repeat(32))).build());

    assertThat(why.code()).isEqualTo(ErrorCode.E_TLS);
    assertNobodyCame(server, trace);
    assertThatThrownBy(() -> TlsCertificates.client().pins(Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pins");
  }

  @Test
  default void aClientWhoseCertificateIsNotRightIsRefused() {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .tls(
                        TlsCertificates.with(TlsCertificates.SERVER)
                            .clientAuth(ClientAuth.NEED)
                            .build()),
                trace);

    refusal(server, TlsCertificates.with(TlsCertificates.STRANGER).build());
    refusal(server, TlsCertificates.client().build());
    assertNobodyCame(server, trace);
  }

  @Test
  default void whoSaysNothingIsClosedAtTheHandshakesDeadline() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .tls(TlsCertificates.server())
                    .handshakeTimeout(Duration.ofMillis(200)),
                trace);
    WirePeer silent = stage().dial(server);
    WirePeer slow = stage().dial(server);
    slow.write(new byte[] {HANDSHAKE, 3});

    silent.awaitEnd();
    slow.awaitEnd();
    assertNobodyCame(server, trace);
  }

  /** A hello of TLS 1.1, by hand: no client makes one any more. */
  private static byte[] oldHello() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {3, 2});
    body.writeBytes(new byte[32]);
    body.write(0); // no session
    body.writeBytes(new byte[] {0, 2, (byte) 0xc0, 0x13, 1, 0});
    byte[] hello = body.toByteArray();
    return Wire.concat(new byte[] {1, 0, 0, (byte) hello.length}, hello);
  }

  private static byte[] record(byte[] content) {
    return Wire.concat(
        new byte[] {HANDSHAKE, 3, 1, (byte) (content.length >> 8), (byte) content.length}, content);
  }

  @Test
  default void aClientOfTls11IsRefusedWithAnAlert() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = secured(trace);
    WirePeer peer = stage().dial(server);
    peer.write(record(oldHello()));

    byte[] answer = peer.awaitEnd();
    assertThat(answer[0]).isEqualTo(ALERT);
    assertNobodyCame(server, trace);
  }

  @Test
  default void aHelloInRecordsOfOneByteIsRefused() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = secured(trace);
    WirePeer peer = stage().dial(server);
    ByteArrayOutputStream crumbs = new ByteArrayOutputStream();
    for (byte b : oldHello()) {
      crumbs.writeBytes(record(new byte[] {b}));
    }
    peer.write(crumbs.toByteArray());

    peer.awaitEnd();
    assertNobodyCame(server, trace);
  }

  @Test
  default void aHelloInSegmentsOfOneByteIsServedAndACutStreamIsNoOrderlyEnd() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = secured(trace);
    Relay relay = new Relay(server.port(), 1);
    stage().addLast(relay);
    Socket raw = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    stage().add(raw);
    raw.setSoTimeout((int) Deadline.LONG.toMillis());
    SSLSocket secure =
        (SSLSocket)
            TlsCertificates.client()
                .build()
                .context()
                .getSocketFactory()
                .createSocket(raw, "127.0.0.1", relay.port(), false);
    secure.getOutputStream().write(Wire.frame(Wire.SCP_HANDSHAKE));
    DataInputStream in = new DataInputStream(secure.getInputStream());
    in.readFully(new byte[in.readInt()]);
    trace.connections.next();

    raw.close();

    assertThat(trace.closed.next().reason().code()).isEqualTo(ErrorCode.E_CONNECTION_LOST);
  }
}
