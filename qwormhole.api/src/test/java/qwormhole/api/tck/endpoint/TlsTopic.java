package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.SendResult;
import qwormhole.api.TlsInfo;
import qwormhole.api.TlsOptions;
import qwormhole.api.TlsOptions.ClientAuth;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;

/** Messages, back-pressure and ends over TLS are what they are without it. */
interface TlsTopic extends Topic {

  private <M> QWormholeServer<M> echo(qwormhole.api.codec.Codec<M> codec, TlsOptions tls) {
    return stage().listen(stage().server(codec).autoPause(true).tls(tls), ServerTrace.echo());
  }

  private ClientOptions.Builder<byte[]> client(QWormholeServer<?> server) {
    return stage().client(Bytes.CODEC, server.port()).tls(TlsCertificates.client().build());
  }

  @Test
  default void messagesOfAllSizesComeBackOverTls() {
    QWormholeServer<byte[]> server = echo(Bytes.CODEC, TlsCertificates.server());
    ClientTrace<byte[]> trace = new ClientTrace<>();
    QWormholeClient<byte[]> client = stage().connect(client(server), trace);
    for (int size : new int[] {0, 1, 100, 16_383, 16_384, 16_385, 70_000, 1 << 20, 4 << 20}) {
      byte[] message = Bytes.of(size);
      assertThat(client.send(message, Deadline.LONG)).isEqualTo(SendResult.SENT);
      Bytes.assertSame(trace.messages.next(), message);
    }
    TlsInfo tls = trace.ready.next().tls().orElseThrow();
    assertThat(tls.protocol()).isEqualTo("TLSv1.3");
    assertThat(tls.alpn()).contains("qwormhole/1");
    assertThat(tls.peerCertificates()).containsExactly(TlsCertificates.SERVER.certificate());
    assertThat(server.connections())
        .allMatch(c -> c.tls().orElseThrow().peerCertificates().isEmpty());
  }

  @Test
  default void streamsInBothDirectionsAtOnceStayWholeOverTls() {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      int count = 20_000;
      TlsOptions tls = TlsCertificates.with(TlsCertificates.SERVER).protocols(protocol).build();
      QWormholeServer<byte[]> server = echo(Bytes.CODEC, tls);
      ClientTrace<byte[]> trace = new ClientTrace<>();
      QWormholeClient<byte[]> client = stage().connect(client(server), trace);
      for (int i = 0; i < count; i++) {
        assertThat(client.send(numbered(i), Deadline.LONG)).isEqualTo(SendResult.SENT);
      }
      List<byte[]> echoes = trace.messages.await(count);
      for (int i = 0; i < count; i++) {
        assertThat(echoes.get(i)).isEqualTo(numbered(i));
      }
      assertThat(trace.ready.next().tls().orElseThrow().protocol()).isEqualTo(protocol);
    }
  }

  private static byte[] numbered(int number) {
    return java.nio.ByteBuffer.allocate(1 + number % 700 + 4).putInt(number).array();
  }

  @Test
  default void manyClientsAreServedOverTls() {
    QWormholeServer<String> server =
        echo(qwormhole.api.codec.Codec.text(), TlsCertificates.server());
    TlsOptions tls = TlsCertificates.client().build();
    List<ClientTrace<String>> traces =
        IntStream.range(0, 24).mapToObj(i -> new ClientTrace<String>()).toList();
    List<QWormholeClient<String>> clients =
        traces.stream().map(t -> stage().make(stage().client(server.port()).tls(tls), t)).toList();
    List<CompletableFuture<Connection<String>>> connects =
        clients.stream().map(QWormholeClient::connect).toList();
    connects.forEach(connect -> Deadline.get("connect", connect));
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).send("m" + i);
    }
    for (int i = 0; i < clients.size(); i++) {
      assertThat(traces.get(i).messages.next()).isEqualTo("m" + i);
    }
  }

  @Test
  default void aSlowReaderIsBoundedOverTlsAndGetsAllThatWasAccepted() {
    int limit = 1 << 20;
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage()
            .listen(
                stage()
                    .server(Bytes.CODEC)
                    .maxFrameBytes(limit / 8)
                    .maxOutboundBytes(limit)
                    .tls(TlsCertificates.server()),
                trace);
    ClientTrace<byte[]> clientTrace =
        new ClientTrace<>() {
          @Override
          void ready(Connection<byte[]> connection) {
            connection.pauseReads();
          }
        };
    stage().connect(client(server), clientTrace);
    Connection<byte[]> connection = trace.connections.next();
    clientTrace.ready.next();
    int sent = Congestion.flood(connection);
    assertThat(connection.statistics().queuedBytes()).isLessThanOrEqualTo(limit);
    assertThat(trace.backpressured.next()).isSameAs(connection);
    clientTrace.ready.all().get(0).resumeReads();
    List<byte[]> messages = clientTrace.messages.await(sent);
    for (int i = 0; i < sent; i++) {
      Congestion.assertNumber(messages.get(i), i);
    }
    trace.drained.next();
  }

  @Test
  default void anOrderlyEndIsOrderlyOnBothSidesOverTls() {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).tls(TlsCertificates.server()), trace);
    QWormholeClient<byte[]> client = stage().connect(client(server), new ClientTrace<>());
    for (int i = 0; i < 20; i++) {
      assertThat(client.send(Congestion.numbered(i), Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    client.close(Deadline.LONG);
    var end = trace.closed.next().reason();
    assertThat(end.isOrderly()).as("%s", end).isTrue();
    assertThat(end.initiator()).isEqualTo(Initiator.PEER);
    List<byte[]> messages = trace.messages.all();
    assertThat(messages).hasSize(20);

    ClientTrace<byte[]> second = new ClientTrace<>();
    // One that came back would be told that nobody listens any more.
    stage().connect(client(server).reconnect(ReconnectPolicy.NONE), second);
    server.close(Duration.ofSeconds(5));
    assertThat(second.closed.next().reason().isOrderly()).isTrue();
    assertThat(second.errors.all()).isEmpty();
  }

  @Test
  default void bothSidesShowCertificatesAndTheSignedHandshakeNamesThem() {
    Identity identity = Identity.generate();
    TlsOptions serverTls =
        TlsCertificates.with(TlsCertificates.SERVER)
            .clientAuth(ClientAuth.NEED)
            .pins(Set.of(TlsInfo.fingerprint256(TlsCertificates.CLIENT.certificate())))
            .build();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage().server().tls(serverTls).allowedKeys(Set.of(identity.publicKey())), trace);
    TlsOptions clientTls =
        TlsCertificates.with(TlsCertificates.CLIENT)
            .pins(Set.of(TlsInfo.fingerprint256(TlsCertificates.SERVER.certificate())))
            .build();
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage().connect(stage().client(server.port()).tls(clientTls).identity(identity), clientTrace);
    Connection<String> connection = trace.connections.next();
    String print = TlsInfo.fingerprint256(TlsCertificates.CLIENT.certificate());
    assertThat(print).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(connection.tls().orElseThrow().peerFingerprint256()).contains(print);
    assertThat(connection.peer().identity().orElseThrow().publicKey())
        .isEqualTo(identity.publicKey());
    assertThat(connection.peer().tags())
        .containsEntry("tlsFingerprint256", print)
        .containsEntry("tlsFingerprint", TlsInfo.fingerprint(TlsCertificates.CLIENT.certificate()))
        .containsEntry("tlsAlpn", "qwormhole/1");
  }

  @Test
  default void aClientWithoutCertificateIsServedWhereOneIsOnlyWanted() {
    TlsOptions tls =
        TlsCertificates.with(TlsCertificates.SERVER).clientAuth(ClientAuth.WANT).build();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server().tls(tls), trace);
    stage()
        .connect(
            stage().client(server.port()).tls(TlsCertificates.client().alpn().build()),
            new ClientTrace<>());
    Connection<String> connection = trace.connections.next();
    assertThat(connection.tls().orElseThrow().peerCertificates()).isEmpty();
    assertThat(connection.tls().orElseThrow().alpn()).isEmpty();
    assertThat(connection.peer().tags()).isEmpty();
  }

  @Test
  default void peersThatShareNoApplicationProtocolAreServedWithout() {
    TlsOptions tls = TlsCertificates.with(TlsCertificates.SERVER).alpn("one").build();
    QWormholeServer<String> server = stage().listen(stage().server().tls(tls), new ServerTrace<>());
    ClientTrace<String> trace = new ClientTrace<>();
    TlsOptions clientTls = TlsCertificates.client().alpn("two").build();
    stage().connect(stage().client(server.port()).tls(clientTls), trace);
    assertThat(trace.ready.next().tls().orElseThrow().alpn()).isEmpty();
  }

  @Test
  default void aBrokenRecordEndsTheLinkAndNotTheSession() throws Exception {
    ServerTrace<String> atServer = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().resumable(true).tls(TlsCertificates.server()), atServer);
    Relay relay = new Relay(server.port());
    stage().addLast(relay);
    ClientTrace<String> atClient = new ClientTrace<>();
    stage()
        .connect(
            stage()
                .client(relay.port())
                .resumable(true)
                .tls(TlsCertificates.client().build())
                .reconnect(ResumeTopic.AT_ONCE),
            atClient);
    Connection<String> ofServer = atServer.connections.next();
    relay.corrupt(2_000);
    List<String> sent = IntStream.range(0, 1000).mapToObj(String::valueOf).toList();
    sent.forEach(message -> ofServer.send(message, Deadline.LONG));

    assertThat(atClient.suspended.next().reason().code()).isEqualTo(ErrorCode.E_TLS);
    assertThat(atClient.messages.await(1000)).isEqualTo(sent);
    assertThat(atServer.connections.count()).isOne();
  }

  @Test
  default void aClientComesBackOverTlsWhenTheServersTransportDies() {
    Fault fault = new Fault(stage().serverProvider(), 40_001);
    var runtime = new qwormhole.api.QWormholeRuntime(defaults -> {}, fault);
    stage().addEndpoint(runtime);
    ServerTrace<String> trace = ServerTrace.echo();
    stage().watch(trace);
    QWormholeServer<String> server =
        runtime.listen(
            qwormhole.api.ServerOptions.builder(qwormhole.api.codec.Codec.text())
                .preferredBackend(stage().serverProvider())
                .preferNative(true)
                .autoPause(true)
                .tls(TlsCertificates.server())
                .build(),
            trace);
    if (server.report().candidates().size() < 2) {
      org.junit.jupiter.api.Assumptions.abort("there is no other provider here");
    }
    var sound = new qwormhole.api.QWormholeRuntime();
    stage().addEndpoint(sound);
    EchoingClient client = new EchoingClient("tls");
    stage().watch(client);
    client.start(
        sound,
        stage()
            .client(server.port())
            .tls(TlsCertificates.client().build())
            .reconnect(FailoverTopic.SOON)
            .build());
    trace.failovers.next();
    client.awaitEchoAfterLoss();
    client.stop();
    client.assertNothingLostOrDoubled();
    assertThat(client.endpoint().connection().orElseThrow().tls()).isPresent();
  }
}
