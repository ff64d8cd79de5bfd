package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.HandshakeVerifier;
import qwormhole.api.HandshakeVerifier.Applicant;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.PeerInfo;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.TlsOptions.ClientAuth;
import qwormhole.api.handshake.EntropyMetrics;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.TrustPolicy;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryEvent.HandshakeAccepted;

/** What an application adds to its handshakes, and how the other side reads it. */
interface MembersTopic extends Topic {

  private static HandshakeMembers.Builder members(String sid) {
    ObjectNode nv = JsonNodeFactory.instance.objectNode().put("hash", sid).put("entropy", 1.5);
    nv.putArray("vector").add(0.25).add(3);
    ObjectNode fleet = JsonNodeFactory.instance.objectNode().put("name", "north");
    fleet.putArray("ships").add("\u00e4 \ud83d\ude80").addNull().add(true).add(1e21);
    return HandshakeMembers.builder().sid(sid).nv(nv).member("fleet", fleet);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void eachSideReadsTheMembersOfTheOther(boolean signed) {
    HandshakeMembers ofServer = members("of-server").member("motto", "serve").build();
    HandshakeMembers ofClient = members("of-client").member("10", "ten").build();
    Identity serverKey = Identity.generate();
    Identity clientKey = Identity.generate();
    Inbox<TelemetryEvent> atServer = new Inbox<>("telemetry of the server");
    Inbox<TelemetryEvent> atClient = new Inbox<>("telemetry of the client");
    var serverOptions =
        stage().server().resumable(true).handshakeMembers(ofServer).telemetry(atServer::add);
    if (signed) {
      serverOptions.identity(serverKey).allowedKeys(Set.of(clientKey.publicKey()));
    }
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(serverOptions, serverTrace);
    var clientOptions =
        stage()
            .client(server.port())
            .resumable(true)
            .handshakeMembers(ofClient)
            .telemetry(atClient::add);
    if (signed) {
      clientOptions.identity(clientKey).allowedKeys(Set.of(serverKey.publicKey()));
    }
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client = stage().connect(clientOptions, clientTrace);

    PeerInfo seenByServer = serverTrace.connections.next().peer();
    PeerInfo seenByClient = clientTrace.ready.next().peer();
    assertReadBack(seenByServer, ofClient, "of-client");
    assertReadBack(seenByClient, ofServer, "of-server");
    assertThat(seenByServer.identity().isPresent()).isEqualTo(signed);
    assertThat(seenByServer.payload().path("10").textValue()).isEqualTo("ten");
    assertThat(seenByClient.payload().at("/session/id").isTextual()).isTrue();
    assertThat(seenByClient.payload().at("/session/token").isMissingNode()).as("secret").isTrue();
    assertShown(atServer, "of-client");
    assertShown(atClient, "of-server");
    client.send("x");
    assertThat(clientTrace.messages.next()).isEqualTo("x");
  }

  private static void assertReadBack(PeerInfo peer, HandshakeMembers sent, String sid) {
    assertThat(peer.sid()).isEqualTo(sid);
    assertThat(peer.nv().orElseThrow().path("hash").textValue()).isEqualTo(sid);
    for (Map.Entry<String, JsonNode> member : sent.toJson().properties()) {
      assertThat(normal(peer.payload().path(member.getKey())))
          .as(member.getKey())
          .isEqualTo(normal(member.getValue()));
    }
    peer.payload().removeAll();
    peer.caps().removeAll();
    ((ObjectNode) peer.nv().orElseThrow()).removeAll();
    assertThat(peer.payload().isEmpty()).as("changed through a copy").isFalse();
    assertThat(peer.nv().orElseThrow().isEmpty()).isFalse();
    assertThat(peer.toString()).doesNotContain("north").hasSizeLessThan(100);
  }

  /** Integers and doubles of one value are one number. */
  private static String normal(JsonNode value) {
    return value.toString().replace("1000000000000000000000", "1.0E21");
  }

  private static void assertShown(Inbox<TelemetryEvent> events, String sid) {
    Deadline.until("it to be told", () -> accepted(events).findAny().isPresent());
    HandshakeAccepted event = accepted(events).findFirst().orElseThrow();
    assertThat(event.claims())
        .containsEntry("sid", "\"" + sid + "\"")
        .containsKeys("nv", "fleet")
        .doesNotContainKeys("session", "publicKey", "signature", "caps");
    assertThat(event.claims().get("fleet")).contains("north");
  }

  private static Stream<HandshakeAccepted> accepted(Inbox<TelemetryEvent> events) {
    return events.all().stream()
        .filter(HandshakeAccepted.class::isInstance)
        .map(HandshakeAccepted.class::cast);
  }

  @Test
  default void anIndexThatBothSidesClaimDecidesTheirPolicy() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .handshakeMembers(
                        HandshakeMembers.builder()
                            .entropyMetrics(EntropyMetrics.of(0.7))
                            .nv("a text")
                            .build()),
                serverTrace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage()
        .connect(
            stage()
                .client(server.port())
                .handshakeMembers(HandshakeMembers.builder().nIndex(0.9).build()),
            clientTrace);
    var atServer = serverTrace.connections.next();
    var atClient = clientTrace.ready.next();
    assertThat(atServer.peer().nIndex()).hasValue(0.9);
    assertThat(atClient.peer().nIndex()).isEmpty();
    assertThat(atClient.peer().nv().orElseThrow().textValue()).isEqualTo("a text");
    assertThat(atClient.peer().entropyMetrics().orElseThrow().path("coherence").textValue())
        .isEqualTo("medium");
    assertThat(atServer.trust().policy()).isEqualTo(TrustPolicy.TRUST_LIGHT);
    assertThat(atClient.trust().policy()).isEqualTo(TrustPolicy.TRUST_LIGHT);
    assertThat(atServer.trust().proven()).isFalse();
  }

  @Test
  default void aVerifierSeesTheWholeHandshakeAndWhatTlsAgreedOn() {
    Inbox<Applicant> seen = new Inbox<>("applicants");
    HandshakeVerifier ofFleet =
        applicant -> {
          seen.add(applicant);
          boolean known = applicant.peer().payload().at("/fleet/name").asText().equals("north");
          return CompletableFuture.completedFuture(
              known ? Verdict.accept() : Verdict.reject("unknown fleet"));
        };
    HandshakeVerifier bySubject =
        HandshakeVerifier.of(
            applicant ->
                applicant.tls().stream()
                    .flatMap(tls -> tls.peerCertificates().stream().limit(1))
                    .map(own -> own.getSubjectX500Principal().getName())
                    .anyMatch("CN=client"::equals));
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .tls(
                        TlsCertificates.with(TlsCertificates.SERVER)
                            .clientAuth(ClientAuth.NEED)
                            .build())
                    .verifier(ofFleet)
                    .verifier(bySubject),
                trace);
    HandshakeMembers members = members("me").build();
    for (var certificate : List.of(TlsCertificates.CLIENT, TlsCertificates.OTHER_HOST)) {
      QWormholeClient<String> client =
          stage()
              .make(
                  stage()
                      .client(server.port())
                      .tls(TlsCertificates.with(certificate).build())
                      .handshakeMembers(members),
                  new ClientTrace<>());
      if (certificate == TlsCertificates.CLIENT) {
        Deadline.get("the known subject to come in", client.connect());
      } else {
        assertThat(Deadline.failure("the other one", client.connect()))
            .hasMessageContaining("not authorised");
      }
      Applicant applicant = seen.next();
      assertThat(applicant.tls().orElseThrow().peerCertificates())
          .containsExactly(certificate.certificate());
      assertThat(applicant.remote().getAddress().isLoopbackAddress()).isTrue();
    }
    assertThat(trace.connections.all()).hasSize(1);
  }
}
