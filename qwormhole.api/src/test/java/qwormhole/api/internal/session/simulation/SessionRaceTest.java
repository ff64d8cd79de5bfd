package qwormhole.api.internal.session.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.SimulatedEngine;

/** What the simulation has found, each for itself and always in the same order of events. */
class SessionRaceTest {
  private static final int SEEDS = 20;

  /** What is done to a pair whose session is open. */
  private interface Race {
    void run(Pair pair, Party server, Party client);
  }

  @Test
  void aConnectionThatIsClosedJustBeforeItsLinkIsLostIsToldAsClosed() throws Exception {
    inEachWorld(
        (pair, server, client) -> {
          server.connection.close("enough");
          client.connection.close("enough");
          pair.network.loseAll();
          pair.await("both ends", () -> server.closed != null && client.closed != null);
          assertThat(server.closed.detail()).isEqualTo("enough");
          assertThat(client.closed.detail()).isEqualTo("enough");
        });
  }

  @Test
  void aSessionThatIsClosedWhileItIsBeingResumedEndsOnBothSidesAndTheClientStartsAnother()
      throws Exception {
    inEachWorld(
        (pair, server, client) -> {
          pair.network.loseAll();
          pair.await("the server's part", () -> !server.connection.isSuspended());
          assertThat(client.connection.isSuspended()).isTrue();
          client.connection.close("enough");
          pair.await("another session", () -> pair.application.parties.size() == 4);
          pair.await("the old one's end", () -> server.closed != null);
          assertThat(server.closed.isOrderly()).isTrue();
          assertThat(client.closed.detail()).isEqualTo("enough");
          pair.await("quiet", pair::isQuiet);
        });
  }

  private static void inEachWorld(Race race) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread =
        SimulatedEngine.thread(
            "simulation",
            () -> {
              try {
                for (long seed = 1; seed <= SEEDS; seed++) {
                  inWorld(seed, race);
                }
              } catch (RuntimeException | Error e) {
                failure[0] = e;
              }
            });
    thread.start();
    thread.join();
    assertThat(failure[0]).isNull();
  }

  private static void inWorld(long seed, Race race) {
    Pair pair = new Pair(new World(seed), new SegmentPool(64 << 20), Duration.ofMinutes(1));
    try {
      var unused = pair.client.connect();
      pair.await("a session", pair::isQuiet);
      Party first = pair.application.parties.get(0);
      Party second = pair.application.parties.get(1);
      boolean serverFirst = first.side.equals("server");
      race.run(pair, serverFirst ? first : second, serverFirst ? second : first);
      pair.client.close();
      pair.server.close();
      pair.awaitEnd();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n  " + pair, e);
    }
  }
}
