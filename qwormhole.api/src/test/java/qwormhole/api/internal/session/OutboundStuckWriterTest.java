package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.SendResult;

/** A resumable session goes on while a thread does not come back from a write to its old link. */
@Timeout(60)
class OutboundStuckWriterTest {
  private final OutboundBed old = new OutboundBed();
  private final OutboundBed next = new OutboundBed();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<CompletableFuture<Void>> completions = new ArrayList<>();
  private final Thread writer = new Thread(() -> completions.add(old.sendAsync("stuck", 1_000)));

  @BeforeEach
  void hang() throws InterruptedException {
    old.outbound.retain(1 << 20);
    old.send("a");
    old.rest();
    old.link.onWrite =
        () -> {
          hanging.countDown();
          try {
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    writer.start();
    assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(old.send("b")).isEqualTo(SendResult.SENT);
  }

  private void wake() throws InterruptedException {
    over.countDown();
    writer.join();
  }

  private boolean resume(long received) {
    old.outbound.detach();
    boolean resumed = old.outbound.attach(next.link, next.events, next.outbound, received);
    old.outbound.flushAsSender();
    return resumed;
  }

  @Test
  void itsBytesAreWrittenAgainAndAreNotTouchedWhenItWakes() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(resume(1)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(next.names()).containsExactly("stuck", "b");
    wake();
    assertThat(completions).singleElement().satisfies(one -> assertThat(one).isCompleted());
    next.rest();
    old.rest();
    assertThat(old.send("c")).isEqualTo(SendResult.SENT);
    assertThat(next.names()).containsExactly("stuck", "b", "c");
    assertThat(old.outbound.acknowledge(4)).isTrue();
    old.assertClean();
  }

  @Test
  void itMayWakeFirst() throws InterruptedException {
    wake();
    assertThat(resume(1)).isTrue();
    assertThat(next.names()).containsExactly("stuck", "b");
    assertThat(old.outbound.acknowledge(3)).isTrue();
    old.assertClean();
  }

  @Test
  void theMemoryThatItMayStillReadComesBackWhenItDoes() throws InterruptedException {
    assertThat(resume(1)).isTrue();
    assertThat(old.outbound.acknowledge(3)).isTrue();
    assertThat(old.pool.outBytes()).as("the writer's").isPositive();
    wake();
    old.assertClean();
  }

  @Test
  void aLostSessionTellsWhatItWasWriting() throws InterruptedException {
    old.outbound.detach();
    assertThat(old.outbound.endUnacknowledged()).hasSize(3);
    wake();
    old.assertClean();
  }
}
