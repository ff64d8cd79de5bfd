package qwormhole.api.tck.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.Identity;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryEvent.Revelation;

/** SCP messages and their signatures, told and kept out. */
interface ScpTopic extends Topic {
  int SIGNED_MESSAGES = 500;

  /** A revelation; its members stand in the order in which they are signed. */
  private static String revelation(Identity signer, String intent) {
    String unsigned =
        "{\"intent\":\""
            + intent
            + "\",\"payload\":[1],%s\"sid\":\"s\",\"ts\":1,\"type\":\"revelation\"}";
    byte[] signature = signer.sign(unsigned.formatted("").getBytes(UTF_8));
    return unsigned.formatted("\"sig\":\"" + Base64.getEncoder().encodeToString(signature) + "\",");
  }

  @Test
  default void aSignatureThatIsNotThePeersKeepsItsMessageOut() {
    Identity identity = Identity.generate();
    Inbox<TelemetryEvent> told = new Inbox<>("telemetry of the server");
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().observeScp(true).telemetry(told::add), trace);
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).identity(identity), new ClientTrace<>());
    String right = revelation(identity, "right");
    client.send(right);
    client.send(revelation(Identity.generate(), "stolen"));
    client.send(right.replace("right", "other"));
    client.send("{\"type\":\"state\",\"sid\":\"s\",\"ts\":1}");
    client.send("end");
    assertThat(trace.messages.await(2)).containsExactly(right, "end");
    assertThat(trace.errors.await(3)).allMatch(e -> e.code() == ErrorCode.E_INVALID_SCP);
    assertThat(trace.errors.all().get(0).detail()).contains("/sig");
    assertThat(trace.errors.all().get(2).detail()).contains("/sig is required");
    assertThat(revelations(told))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.intent()).isEqualTo("right");
              assertThat(event.payload()).isEqualTo("[1]");
              assertThat(event.signature()).isEqualTo(ScpSignature.VERIFIED);
            });
  }

  @Test
  default void ofAPeerWithoutAKeySignaturesAreToldUnchecked() {
    Inbox<TelemetryEvent> told = new Inbox<>("telemetry of the client");
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage()
            .connect(
                stage().client(server.port()).observeScp(true).telemetry(told::add), clientTrace);
    client.send(revelation(Identity.generate(), "x"));
    clientTrace.messages.next();
    assertThat(revelations(told))
        .singleElement()
        .satisfies(event -> assertThat(event.signature()).isEqualTo(ScpSignature.UNCHECKED));
  }

  /** The signatures take turns with the other connections of the loop, and with nothing lost. */
  @Test
  default void manySignedMessagesComeInOrderAndABystanderIsServed() {
    Identity identity = Identity.generate();
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().observeScp(true), trace);
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).identity(identity), clientTrace);
    Bystander bystander = new Bystander(stage(), server.port());
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < SIGNED_MESSAGES; i++) {
      sent.add(revelation(identity, "n" + i));
    }
    sent.forEach(client::send);
    bystander.assertServed();
    assertThat(clientTrace.messages.await(SIGNED_MESSAGES)).isEqualTo(sent);
  }

  private static List<Revelation> revelations(Inbox<TelemetryEvent> events) {
    return events.all().stream()
        .filter(Revelation.class::isInstance)
        .map(Revelation.class::cast)
        .toList();
  }
}
