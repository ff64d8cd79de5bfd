package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;

/** Peers that do not complete their handshake have a deadline, and their number a limit. */
interface PendingTopic extends Topic {
  int SILENT = 256;

  @Test
  default void silentPeersAreClosedAtTheDeadlineWhileOthersAreServed() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage().server().handshakeTimeout(Duration.ofSeconds(1)).maxPending(SILENT + 1),
                trace);
    List<WirePeer> silent = new ArrayList<>();
    for (int i = 0; i < SILENT; i++) {
      silent.add(stage().dial(server));
    }
    Bystander bystander = new Bystander(stage(), server.port());
    bystander.assertServed();
    for (WirePeer peer : silent) {
      peer.assertEnd();
    }
    assertThat(trace.errors.await(SILENT))
        .allMatch(error -> error.code() == ErrorCode.E_HANDSHAKE_TIMEOUT);
    bystander.assertServed();
    assertThat(trace.connections.count()).as("only the bystander").isEqualTo(1);
    Deadline.until("none to be pending", () -> server.statistics().pending() == 0);
    assertThat(server.statistics().rejected()).isEqualTo(SILENT);
  }

  @Test
  default void aHandshakeThatTricklesInIsClosedAtTheDeadline() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().handshakeTimeout(Duration.ofMillis(300)), trace);
    WirePeer peer = stage().dial(server);
    byte[] handshake = Wire.frame(Wire.LEGACY_HANDSHAKE);
    int sent = 0;
    while (sent < handshake.length && !hasEnded(peer)) {
      try {
        peer.write(new byte[] {handshake[sent++]});
      } catch (SocketException reset) {
        break;
      }
    }
    assertThat(sent).as("bytes sent before the deadline").isLessThan(handshake.length);
    assertThat(trace.errors.next().code()).isEqualTo(ErrorCode.E_HANDSHAKE_TIMEOUT);
    assertThat(trace.connections.all()).isEmpty();
  }

  /** Looks for the end for so long that all of a handshake takes seconds. */
  private static boolean hasEnded(WirePeer peer) throws IOException {
    peer.socket.setSoTimeout(100);
    try {
      return peer.socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }

  @Test
  default void moreThanMaxPendingAreRefusedUntilSomeAreGone() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().maxPending(2), trace);
    WirePeer first = stage().dial(server);
    stage().dial(server);
    Deadline.until("two to be pending", () -> server.statistics().pending() == 2);
    assertThat(stage().dial(server).awaitEnd()).isEmpty();
    Deadline.until("one to be refused", () -> server.statistics().rejected() == 1);
    first.close();
    Deadline.until("one to be gone", () -> server.statistics().pending() == 1);
    WirePeer next = stage().dial(server).legacy().send("x");
    assertThat(next.readText()).isEqualTo("x");
  }
}
