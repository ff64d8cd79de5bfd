package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.session.Liveness.Verdict.DEAD;
import static qwormhole.api.internal.session.Liveness.Verdict.FINE;
import static qwormhole.api.internal.session.Liveness.Verdict.IDLE;
import static qwormhole.api.internal.session.Liveness.Verdict.PING;
import static qwormhole.api.internal.session.Liveness.Verdict.TOO_SLOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration NEVER = Duration.ZERO;
  private static final Duration PING_EVERY = Duration.ofSeconds(30);

  /** The clock overflows ten seconds from the start. */
  private long now = Long.MAX_VALUE - 10 * SECOND;

  private final Liveness pinging = new Liveness(PING_EVERY, NEVER, now);

  private Liveness.Verdict after(Liveness liveness, long seconds) {
    now += seconds * SECOND;
    return liveness.check(now, true, 0);
  }

  @Test
  void aSilentPeerIsPingedTwiceAndThenDead() {
    List<String> verdicts = new ArrayList<>();
    for (int second = 1; second <= 100; second++) {
      Liveness.Verdict verdict = after(pinging, 1);
      if (verdict != FINE) {
        verdicts.add(second + " " + verdict);
      }
    }
    assertThat(verdicts).startsWith("31 PING", "62 PING", "93 DEAD", "94 DEAD");
  }

  @Test
  void anythingThatArrivesIsAnAnswer() {
    assertThat(after(pinging, 31)).isEqualTo(PING);
    assertThat(after(pinging, 31)).isEqualTo(PING);
    pinging.alive(now);
    assertThat(after(pinging, 30)).isEqualTo(FINE);
    assertThat(after(pinging, 1)).isEqualTo(PING);
    assertThat(after(pinging, 31)).isEqualTo(PING);
    assertThat(after(pinging, 31)).isEqualTo(DEAD);
  }

  @Test
  void aPeerThatTalksIsNotPinged() {
    for (int i = 0; i < 100; i++) {
      pinging.alive(now);
      assertThat(after(pinging, 10)).isEqualTo(FINE);
    }
  }

  @Test
  void aPeerThatDoesNotNegotiateIsNotPingedAndDoesNotDie() {
    for (int i = 0; i < 10; i++) {
      now += 60 * SECOND;
      assertThat(pinging.check(now, false, 0)).isEqualTo(FINE);
    }
  }

  @Test
  void withoutAnIntervalNobodyIsPinged() {
    assertThat(after(new Liveness(NEVER, NEVER, now), 1_000_000)).isEqualTo(FINE);
  }

  @Test
  void idleIsSilenceOverTheTimeout() {
    Liveness idle = new Liveness(NEVER, Duration.ofSeconds(5), now);
    assertThat(after(idle, 5)).isEqualTo(FINE);
    idle.alive(now);
    assertThat(after(idle, 5)).isEqualTo(FINE);
    assertThat(after(idle, 1)).isEqualTo(IDLE);
  }

  @Test
  void idleComesBeforeAPing() {
    Liveness both = new Liveness(PING_EVERY, Duration.ofSeconds(20), now);
    assertThat(after(both, 31)).isEqualTo(IDLE);
  }

  @Test
  void aFrameSlowerThanAKibibyteASecondIsTooSlowAfterTenSeconds() {
    Liveness liveness = new Liveness(NEVER, NEVER, now);
    liveness.partial(true, now);
    now += 10 * SECOND;
    assertThat(liveness.check(now, true, 1)).as("the grace").isEqualTo(FINE);
    now += SECOND;
    assertThat(liveness.check(now, true, 11 * 1024)).isEqualTo(FINE);
    assertThat(liveness.check(now, true, 11 * 1024 - 1)).isEqualTo(TOO_SLOW);
  }

  @Test
  void trickledBytesDoNotMakeAFrameYounger() {
    for (int i = 0; i < 11; i++) {
      pinging.alive(now);
      pinging.partial(true, now);
      now += SECOND;
    }
    assertThat(pinging.check(now, true, 11)).isEqualTo(TOO_SLOW);
  }

  @Test
  void aFrameThatIsCompleteMakesTheNextOneNew() {
    Liveness liveness = new Liveness(NEVER, NEVER, now);
    liveness.partial(true, now);
    now += 9 * SECOND;
    liveness.progressed();
    liveness.partial(true, now);
    now += 9 * SECOND;
    assertThat(liveness.check(now, true, 1)).isEqualTo(FINE);
    liveness.partial(false, now);
    now += 20 * SECOND;
    assertThat(liveness.check(now, true, 0)).isEqualTo(FINE);
  }

  @Test
  void aPauseOfOursIsNotThePeersSilence() {
    after(pinging, 31);
    after(pinging, 31);
    now += 3_600 * SECOND;
    pinging.resumed(now);
    assertThat(after(pinging, 30)).isEqualTo(FINE);
    assertThat(after(pinging, 1)).isEqualTo(PING);
  }

  @Test
  void aPauseOfOursDoesNotMakeThePeersFrameSlow() {
    pinging.partial(true, now);
    now += 60 * SECOND;
    pinging.resumed(now);
    assertThat(pinging.check(now, true, 1)).isEqualTo(FINE);
    now += 11 * SECOND;
    assertThat(pinging.check(now, true, 1)).isEqualTo(TOO_SLOW);
  }
}
