package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;

/** A server that takes long to answer is no legacy server (protocol section 4): row 46 of the fault matrix. */
interface SlowAnswerTopic extends Topic {

  /** A client that would have given up waiting, connecting too, long before the answer comes. */
  private Connection<String> connect(
      UnaryOperator<ClientOptions.Builder<String>> asks,
      ServerTrace<String> atServer,
      ClientTrace<String> atClient) {
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .resumable(true)
                    .checksum(true)
                    .verifier(
                        applicant ->
                            new CompletableFuture<Verdict>()
                                .completeOnTimeout(Verdict.accept(), 600, TimeUnit.MILLISECONDS)),
                atServer);
    QWormholeClient<String> client =
        stage()
            .connect(
                asks.apply(
                    stage()
                        .client(server.port())
                        .answerTimeout(Duration.ofMillis(50))
                        .connectTimeout(Duration.ofMillis(300))
                        .reconnect(ResumeTopic.AT_ONCE)),
                atClient);
    return client.connection().orElseThrow();
  }

  @Test
  default void aClientThatAsksForASessionWaitsForIt() {
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    Connection<String> connection = connect(o -> o.resumable(true), atServer, atClient);
    connection.send("first");

    assertThat(connection.negotiated().session()).isTrue();
    assertServedOnce(atServer, atClient);
  }

  @Test
  default void aClientThatAsksForChecksumsWaitsForThem() {
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    Connection<String> connection = connect(o -> o.checksum(true), atServer, atClient);
    connection.send("first");

    assertThat(connection.negotiated().checksum()).isTrue();
    assertServedOnce(atServer, atClient);
  }

  @Test
  default void aClientThatEnforcesTrustWaitsForTheAnswer() {
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    Connection<String> connection = connect(o -> o.enforceTrust(true), atServer, atClient);
    connection.send("first");

    assertThat(connection.trust().enforced()).isTrue();
    assertThat(connection.negotiated().scp()).isTrue();
    assertServedOnce(atServer, atClient);
  }

  @Test
  default void aClientThatAsksForNothingSendsBeforeTheAnswerAndStillTakesIt() {
    ServerTrace<String> atServer = new ServerTrace<>();
    ClientTrace<String> atClient = new ClientTrace<>();
    Connection<String> connection = connect(o -> o, atServer, atClient);
    assertThat(connection.negotiated().scp()).isFalse();
    connection.send("first");

    assertServedOnce(atServer, atClient);
    Deadline.until("the answer", () -> connection.negotiated().scp());
    assertThat(connection.peer().negotiated()).isTrue();
    assertThat(atClient.messages.count()).isZero();
  }

  private static void assertServedOnce(ServerTrace<String> atServer, ClientTrace<String> atClient) {
    assertThat(atServer.messages.next()).isEqualTo("first");
    assertThat(atServer.connections.count()).isOne();
    assertThat(atClient.connected.count()).isOne();
    assertThat(atClient.closed.count()).isZero();
  }
}
