package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.spi.Link;

/** The guard with its own thread. */
class StreamGuardTest {
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final StreamGuard guard =
      new StreamGuard(
          task -> {
            Thread thread = new Thread(task, "guard");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
          });
  private final ManualTimers timers = new ManualTimers();
  private final SegmentPool pool = new SegmentPool(64 << 20);

  @AfterEach
  void close() {
    guard.close();
  }

  private Outbound outbound(Link link) {
    return new Outbound(
        link,
        timers,
        pool,
        guard,
        new RecordingEvents(),
        OutboundBed.limits(true, OutboundBed.MAX_FRAME, OutboundBed.MAX_OUTBOUND),
        null);
  }

  /** Begins a stream and leaves a tail of it in the queue. */
  private static void streamWithTail(Outbound outbound) {
    for (int i = 0; i < 4; i++) {
      outbound.offer(Payloads.of("m" + i, FlushPolicy.FLUSH_BYTES), 0, null);
    }
    outbound.offer(Payloads.of("tail"), 0, null);
  }

  private void awaitIdle() {
    await().atMost(Waiting.LONG).until(() -> threads.get(0).getState() == Thread.State.WAITING);
  }

  @Test
  void theTailOfAStreamThatStoppedIsSentAndTheGuardGoesToSleep() {
    FakeLink link = new FakeLink();
    Outbound outbound = outbound(link);
    streamWithTail(outbound);
    assertThat(link.wire.frames()).doesNotContain("tail");

    await().atMost(Waiting.LONG).until(() -> link.tasks() > 0);
    link.runTasks();

    assertThat(link.wire.frames()).hasSize(5).endsWith("tail");
    assertThat(pool.outBytes()).isZero();
    awaitIdle();
    assertThat(threads).hasSize(1);
  }

  @Test
  void aSleepingGuardWakesForTheNextStream() {
    for (int i = 0; i < 20; i++) {
      FakeLink link = new FakeLink();
      streamWithTail(outbound(link));
      await().atMost(Waiting.LONG).until(() -> link.tasks() > 0);
      if (i % 2 == 0) {
        awaitIdle();
      }
    }
    assertThat(threads).as("one thread for all").hasSize(1);
  }

  @Test
  void manyStreamsAreSeenToTogether() {
    List<FakeLink> links = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FakeLink link = new FakeLink();
      links.add(link);
      streamWithTail(outbound(link));
    }
    await().atMost(Waiting.LONG).until(() -> links.stream().allMatch(link -> link.tasks() > 0));
    awaitIdle();
  }

  @Test
  void aProviderThatThrowsDoesNotTakeTheGuardFromTheOthers() {
    FakeLink broken = new FakeLink();
    broken.executeDefect = new IllegalStateException("the loop is gone");
    FakeLink fine = new FakeLink();
    FakeLink later = new FakeLink();
    streamWithTail(outbound(fine));
    streamWithTail(outbound(broken));
    await().atMost(Waiting.LONG).until(() -> fine.tasks() > 0);
    streamWithTail(outbound(later));
    await().atMost(Waiting.LONG).until(() -> later.tasks() > 0);
    assertThat(threads).hasSize(1);
  }

  @Test
  void closeEndsTheThreadAndLaterStreamsAreNotWatched() throws InterruptedException {
    FakeLink link = new FakeLink();
    streamWithTail(outbound(link));
    guard.close();
    threads.get(0).join(60_000);
    assertThat(threads.get(0).isAlive()).isFalse();
    streamWithTail(outbound(new FakeLink()));
    assertThat(threads).hasSize(1);
  }

  @Test
  void aGuardThatWasNeverNeededHasNoThreadToEnd() {
    guard.close();
    assertThat(threads).isEmpty();
  }
}
