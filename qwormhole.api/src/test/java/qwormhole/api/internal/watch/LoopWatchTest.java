package qwormhole.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

@Timeout(60)
class LoopWatchTest {
  private static final int SECOND = 4; // looks

  private final StubTransport stub = new StubTransport();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> blocked = new CopyOnWriteArrayList<>();
  private final List<Thread> rescuers = new CopyOnWriteArrayList<>();
  private final WatchedTransport transport =
      new WatchedTransport(stub, failures::add, this::rescuer);
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // overflows
  private final ScriptedThreads threads = new ScriptedThreads();
  private final LoopWatch watch =
      new LoopWatch(
          transport,
          clock::get,
          threads,
          (loop, millis, inHandler, where) -> blocked.add(loop + where));

  /** Says of every thread what the test tells it to. */
  private static final class ScriptedThreads implements ThreadProbe {
    ThreadSample sample = new ThreadSample(ThreadSample.State.ASLEEP, 1);
    boolean starved;

    @Override
    public ThreadSample sample(Thread thread) {
      return sample;
    }

    @Override
    public boolean anyStarved() {
      return starved;
    }

    @Override
    public void forget() {}
  }

  private Thread rescuer(Runnable task) {
    Thread thread = new Thread(task, "rescuer");
    rescuers.add(thread);
    return thread;
  }

  /** What one link was told, and where. */
  private static class Told implements LinkHandler {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final CompletableFuture<Throwable> end = new CompletableFuture<>();
    volatile Link link;
    volatile boolean endedInLoop;

    @Override
    public void onOpen(Link opened) {
      link = opened;
      events.add("open");
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      events.add("bytes");
    }

    @Override
    public void onWritable() {
      events.add("writable");
    }

    @Override
    public void onClosed(Throwable cause) {
      endedInLoop = link != null && link.inLoop();
      events.add("closed");
      end.complete(cause);
    }

    Throwable end() {
      return end.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private Told connect(Told told) {
    transport.connect(null, null, told);
    stub.onLoop(() -> {});
    assertThat(told.events).contains("open");
    return told;
  }

  private StubTransport.StubLink provided() {
    return stub.links.peek();
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      clock.addAndGet(LoopWatch.PERIOD_NANOS);
      watch.run();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stub.wake();
    transport.close(Duration.ofSeconds(10));
    for (Thread rescuer : rescuers) {
      rescuer.join(10_000);
      assertThat(rescuer.isAlive()).isFalse();
    }
  }

  @Test
  void aLoopThatAnswersIsLeftAlone() {
    Told told = connect(new Told());
    for (int i = 0; i < 100; i++) {
      look(1);
      stub.onLoop(() -> {});
    }
    assertThat(failures).isEmpty();
    assertThat(blocked).isEmpty();
    assertThat(told.events).containsExactly("open");
  }

  @Test
  void aLoopThatHangsInTheProviderIsGivenUpAfterASecond() {
    Told told = connect(new Told());
    stub.hang();
    look(SECOND - 1);
    assertThat(failures).isEmpty();
    look(10);
    assertThat(failures)
        .singleElement()
        .satisfies(
            cause ->
                assertThat(cause)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("stub-loop")
                    .hasMessageContaining("750 ms")
                    .hasMessageContaining("StubTransport.await"));
    assertThat(told.end()).isSameAs(failures.get(0));
    assertThat(told.endedInLoop).isTrue();
    assertThat(provided().severed).isTrue();
    assertThat(blocked).isEmpty();
    assertThat(rescuers).hasSize(1);
  }

  @Test
  void aWatchThatIsLateItselfCountsAnew() {
    connect(new Told());
    stub.hang();
    look(SECOND - 1);
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    watch.run();
    look(SECOND - 2);
    assertThat(failures).isEmpty();
    look(1);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aLoopThatIsLateIsNotGivenUp() {
    connect(new Told());
    stub.hang();
    threads.sample = new ThreadSample(ThreadSample.State.RUNNABLE, 1);
    look(100 * SECOND);
    threads.sample = new ThreadSample(ThreadSample.State.ASLEEP, 1);
    threads.starved = true;
    look(20 * SECOND);
    assertThat(failures).isEmpty();
    threads.starved = false;
    look(1);
    assertThat(failures).isEmpty();
    look(1);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aLoopThatIsLateInAHandlerIsNotBlocked() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    connect(
        new Told() {
          @Override
          public void onBytes(ByteBuffer bytes) {
            inside.countDown();
            StubTransport.await(go);
          }
        });
    stub.later(() -> provided().handler.onBytes(ByteBuffer.allocate(0)));
    StubTransport.await(inside);
    threads.sample = new ThreadSample(ThreadSample.State.RUNNABLE, 1);
    look(100 * SECOND);
    assertThat(blocked).isEmpty();
    go.countDown();
  }

  @Test
  void aHandlerThatBlocksIsToldOnceAndIsNoFailure() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Told told =
        connect(
            new Told() {
              @Override
              public void onBytes(ByteBuffer bytes) {
                inside.countDown();
                StubTransport.await(go);
                super.onBytes(bytes);
              }
            });
    stub.later(() -> provided().handler.onBytes(ByteBuffer.allocate(0)));
    StubTransport.await(inside);
    look(3 * SECOND);
    assertThat(blocked)
        .singleElement()
        .satisfies(text -> assertThat(text).contains("stub-loop", "LoopWatchTest$", ".onBytes"));
    go.countDown();
    for (int i = 0; i < 3 * SECOND; i++) {
      stub.onLoop(() -> {});
      look(1);
    }
    assertThat(failures).isEmpty();
    assertThat(told.events).containsExactly("open", "bytes");
    assertThat(told.end).isNotDone();
  }

  @Test
  void aLoopThatHasJustLeftAHandlerThatTookLongIsNotTakenForOneThatHangs() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch more = new CountDownLatch(1);
    connect(
        new Told() {
          @Override
          public void onBytes(ByteBuffer bytes) {
            inside.countDown();
            StubTransport.await(go);
          }
        });
    stub.later(
        () -> {
          provided().handler.onBytes(ByteBuffer.allocate(0));
          left.countDown();
          StubTransport.await(more);
        });
    StubTransport.await(inside);
    look(2 * SECOND);
    go.countDown();
    StubTransport.await(left);
    look(SECOND - 1);
    assertThat(failures).isEmpty();
    look(1);
    assertThat(failures).as("after as long again it does hang").hasSize(1);
    more.countDown();
  }

  @Test
  void aBusyLoopIsNotTakenForOneThatHangs() {
    connect(new Told());
    stub.hang(); // the question waits behind it
    look(SECOND - 1);
    stub.later(() -> {});
    CountDownLatch go = new CountDownLatch(1);
    stub.later(() -> StubTransport.await(go));
    // Before it comes to the question, the loop has an event, and more to do of its own.
    WatchedLoop loop = transport.watched().get(0);
    assertThat(loop.enter()).isTrue();
    loop.leave();
    look(SECOND - 2);
    assertThat(failures).isEmpty();
    go.countDown();
  }

  @Test
  void eventsWithinEventsLeaveTheLoopIdle() {
    Told told =
        connect(
            new Told() {
              @Override
              public void onBytes(ByteBuffer bytes) {
                link.close(); // the stub tells the end from within
                super.onBytes(bytes);
              }
            });
    stub.onLoop(() -> provided().handler.onBytes(ByteBuffer.allocate(0)));
    assertThat(told.events).containsExactly("open", "closed", "bytes");
    assertThat(transport.watched().get(0).isInside()).isFalse();
    stub.hang();
    look(SECOND);
    assertThat(failures).hasSize(1);
    assertThat(told.events).as("of an end that was told before").hasSize(3);
  }

  @Test
  void aLoopThatWakesUpLateIsNotHeard() {
    Told told = connect(new Told());
    stub.hang();
    look(SECOND);
    told.end();
    stub.wake();
    LinkHandler late = provided().handler;
    stub.onLoop(() -> late.onBytes(ByteBuffer.allocate(1)));
    stub.onLoop(late::onWritable);
    stub.onLoop(() -> late.onClosed(null));
    assertThat(told.events).containsExactly("open", "closed");
    look(SECOND);
    assertThat(failures).hasSize(1);
  }

  @Test
  void tasksThatTheLoopLeftAreRunInOrderBeforeTheEndIsTold() {
    List<Integer> ran = new CopyOnWriteArrayList<>();
    Told told = connect(new Told());
    stub.hang();
    for (int i = 0; i < 100; i++) {
      int number = i;
      told.link.execute(() -> ran.add(number));
    }
    told.link.execute(() -> told.events.add("task"));
    look(SECOND);
    told.end();
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    told.link.execute(() -> later.complete(told.link.inLoop()));
    assertThat(later.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
    assertThat(ran).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(told.events).containsExactly("open", "task", "closed");
  }

  @Test
  void aTaskThatThrowsHindersNoOther() {
    Told told = connect(new Told());
    told.link.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    told.link.execute(() -> told.events.add("task"));
    stub.onLoop(() -> {});
    assertThat(told.events).containsExactly("open", "task");
  }

  @Test
  void whatHasNotOpenedEndsAsWellAndOnlyOnce() {
    stub.hang();
    Told waiting = new Told();
    transport.connect(null, null, waiting);
    look(SECOND);
    assertThat(waiting.end()).isSameAs(failures.get(0));
    Told late = new Told();
    transport.connect(null, null, late);
    assertThat(late.end()).isSameAs(failures.get(0));
    stub.wake();
    assertThat(waiting.events).containsExactly("closed");
    assertThat(late.events).containsExactly("closed");
    assertThat(provided().aborted).as("the link that the loop opened after all").isTrue();
  }

  @Test
  void nothingListensOnATransportThatHasFailed() {
    stub.hang();
    look(SECOND);
    assertThatThrownBy(() -> transport.listen(null, null, remote -> null))
        .isInstanceOf(IOException.class)
        .hasCause(failures.get(0));
  }

  @Test
  void aCloseTellsWhatALoopThatHangsDoesNot() {
    Told told = connect(new Told());
    stub.hang();
    transport.close(Duration.ofMillis(50));
    assertThat(told.end()).hasMessageContaining("did not end");
    assertThat(failures).as("nobody uses it any more").isEmpty();
  }
}
