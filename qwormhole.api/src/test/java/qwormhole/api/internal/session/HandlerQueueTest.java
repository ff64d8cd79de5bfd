package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandlerQueueTest {
  private static final int HIGH = 1 << 20;

  /** Runs what it is given when the test says. */
  private static final class ManualExecutor implements Executor {
    final ArrayDeque<Runnable> submitted = new ArrayDeque<>();
    RuntimeException refusal;
    boolean takesAllTheSame;

    @Override
    public void execute(Runnable task) {
      if (refusal == null || takesAllTheSame) {
        submitted.add(task);
      }
      if (refusal != null) {
        throw refusal;
      }
    }

    void runOne() {
      submitted.remove().run();
    }

    void runAll() {
      while (!submitted.isEmpty()) {
        runOne();
      }
    }
  }

  private final ManualExecutor executor = new ManualExecutor();
  private final HandlerQueue queue = new HandlerQueue(executor);
  private final List<String> ran = new ArrayList<>();
  private final List<Boolean> told = new ArrayList<>();

  private void add(String name, int size) {
    queue.add(() -> ran.add(name), size);
  }

  // order, one at a time

  @Test
  void eventsRunInOrderInOneTask() {
    for (String name : List.of("a", "b", "c")) {
      add(name, 10);
    }
    assertThat(executor.submitted).hasSize(1);
    executor.runAll();
    assertThat(ran).containsExactly("a", "b", "c");
    add("d", 10);
    assertThat(executor.submitted).hasSize(1);
    executor.runAll();
    assertThat(ran).endsWith("d");
  }

  @Test
  void anEventThatAddsOneDoesNotRunItWithin() {
    queue.add(
        () -> {
          add("inner", 0);
          ran.add("outer");
        },
        0);
    executor.runAll();
    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void aLongQueueLetsOthersHaveTheirTurn() {
    for (int i = 0; i < 150; i++) {
      add("e" + i, 0);
    }
    executor.runOne();
    assertThat(ran).hasSize(64);
    assertThat(executor.submitted).hasSize(1);
    executor.runAll();
    assertThat(ran).hasSize(150).endsWith("e149");
  }

  @Test
  void aTaskThatTheExecutorRunsTwiceRunsNothingTwice() {
    add("a", 0);
    Runnable task = executor.submitted.peek();
    executor.runAll();
    task.run();
    assertThat(ran).containsExactly("a");
    add("b", 0);
    executor.runAll();
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void onManyThreadsEventsStillRunOneAtATimeAndInOrder() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    HandlerQueue shared = new HandlerQueue(pool);
    int events = 20_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    int[] next = {0};
    AtomicInteger outOfOrder = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(events);
    for (int i = 0; i < events; i++) {
      int number = i;
      shared.add(
          () -> {
            together.addAndGet(inside.incrementAndGet() - 1);
            outOfOrder.addAndGet(next[0]++ == number ? 0 : 1);
            inside.decrementAndGet();
            done.countDown();
          },
          1);
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();
    assertThat(together).hasValue(0);
    assertThat(outOfOrder).hasValue(0);
  }

  @Test
  void aThreadKnowsWhetherItIsInAHandler() {
    List<Boolean> handling = new ArrayList<>();
    queue.add(() -> handling.add(HandlerQueue.isHandling()), 0);
    executor.runAll();
    executor.refusal = new RejectedExecutionException("shut down");
    queue.add(() -> handling.add(HandlerQueue.isHandling()), 0);
    HandlerQueue direct = new HandlerQueue(Runnable::run);
    direct.add(
        () -> {
          new HandlerQueue(Runnable::run).add(() -> {}, 0);
          handling.add(HandlerQueue.isHandling());
        },
        0);
    assertThat(handling).containsExactly(true, true, true);
    assertThat(HandlerQueue.isHandling()).isFalse();
  }

  // bounds

  @Test
  void tooMuchIsToldOnceAndOnceMoreWhenHalfIsWorkedOff() {
    queue.onTooMuch(told::add);
    for (int i = 0; i < 11; i++) {
      add("m" + i, 100_000);
    }
    assertThat(told).containsExactly(true);
    executor.runAll();
    assertThat(told).containsExactly(true, false);
    assertThat(ran).hasSize(11);
  }

  @Test
  void belowTheMarkNothingIsTold() {
    queue.onTooMuch(told::add);
    add("a", HIGH / 2);
    add("b", HIGH / 4);
    executor.runAll();
    assertThat(told).isEmpty();
  }

  @Test
  void emptyMessagesAreBoundedToo() {
    queue.onTooMuch(told::add);
    for (int i = 0; i < 100_000 && told.isEmpty(); i++) {
      add("", 0);
    }
    assertThat(told).as("a million empty messages must not pile up").containsExactly(true);
    executor.runAll();
    assertThat(told).containsExactly(true, false);
  }

  @Test
  void aWorkerThatIsFasterThanTheNewsLeavesTheRightNewsLast() throws InterruptedException {
    Thread worker = new Thread(executor::runAll, "worker");
    List<Boolean> news = new CopyOnWriteArrayList<>();
    queue.onTooMuch(
        tooMuch -> {
          if (tooMuch) {
            // The loop loses its processor here; the worker works everything off, or waits to tell.
            worker.start();
            await()
                .atMost(Waiting.LONG)
                .until(
                    () ->
                        worker.getState() == Thread.State.BLOCKED
                            || worker.getState() == Thread.State.TERMINATED);
          }
          news.add(tooMuch);
        });
    add("small", 1);
    add("large", 2 * HIGH);
    worker.join();
    assertThat(ran).containsExactly("small", "large");
    assertThat(news).containsExactly(true, false);
  }

  @Test
  void racingWorkersLeaveTheRightNewsLast() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    HandlerQueue shared = new HandlerQueue(pool);
    boolean[] paused = {false};
    Object monitor = new Object();
    shared.onTooMuch(
        tooMuch -> {
          Thread.onSpinWait();
          synchronized (monitor) {
            paused[0] = tooMuch;
          }
        });
    for (int round = 0; round < 2_000; round++) {
      CountDownLatch done = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        shared.add(done::countDown, HIGH / 2);
      }
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
    CountDownLatch last = new CountDownLatch(1);
    shared.add(last::countDown, 0);
    assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();
    assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    synchronized (monitor) {
      assertThat(paused[0]).as("still paused with nothing left").isFalse();
    }
  }

  @Test
  void theNextConnectionOfAClientIsPausedTooWhileTheLastOnesEventsWait() {
    queue.onTooMuch(told::add);
    add("large", 2 * HIGH);
    List<Boolean> next = new ArrayList<>();
    queue.onTooMuch(next::add);
    assertThat(next).as("not before it has read anything").isEmpty();
    add("more", 1);
    assertThat(next).containsExactly(true);
    executor.runAll();
    assertThat(next).containsExactly(true, false);
    assertThat(told).containsExactly(true);
  }

  // what goes wrong

  @Test
  void anEventThatThrowsDoesNotKeepTheNextOnesFromRunning() {
    queue.onTooMuch(told::add);
    queue.add(
        () -> {
          throw new StackOverflowError("from a handler");
        },
        2 * HIGH);
    add("next", 1);
    executor.runAll();
    assertThat(ran).containsExactly("next");
    assertThat(told).containsExactly(true, false);
    add("later", 1);
    executor.runAll();
    assertThat(ran).containsExactly("next", "later");
  }

  @Test
  void whatTheExecutorRefusesRunsInTheThreadThatAddedIt() {
    executor.refusal = new RejectedExecutionException("shut down");
    assertThatCode(() -> add("a", 1)).doesNotThrowAnyException();
    add("b", 1);
    assertThat(ran).containsExactly("a", "b");

    executor.refusal = null;
    add("c", 1);
    executor.runAll();
    assertThat(ran).as("and it is asked again").containsExactly("a", "b", "c");
  }

  @Test
  void anExecutorThatShutsDownInBetweenLosesNothing() {
    for (int i = 0; i < 200; i++) {
      add("e" + i, 10_000);
    }
    executor.refusal = new RejectedExecutionException("shut down");
    executor.runOne();
    assertThat(ran).hasSize(200).endsWith("e199");
  }

  @Test
  void anExecutorThatTakesATaskAndThrowsDoesNotRunEventsTwice() {
    executor.takesAllTheSame = true;
    executor.refusal = new IllegalStateException("no thread could be started");
    add("a", 1);
    add("b", 1);
    executor.refusal = null;
    executor.runAll();
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void aDirectExecutorIsAnExecutorLikeOthers() {
    HandlerQueue direct = new HandlerQueue(Runnable::run);
    for (int i = 0; i < 200; i++) {
      String name = "e" + i;
      direct.add(() -> ran.add(name), 1);
    }
    assertThat(ran).hasSize(200).startsWith("e0").endsWith("e199");
  }
}
