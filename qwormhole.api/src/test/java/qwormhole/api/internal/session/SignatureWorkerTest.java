package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

class SignatureWorkerTest {
  private SignatureWorker worker = new SignatureWorker(1);

  @AfterEach
  void end() {
    worker.close();
  }

  @Test
  void oneQueueUsesAllThreads() throws Exception {
    worker.close();
    worker = new SignatureWorker(3);
    SignatureWorker.Queue queue = worker.queue();
    CyclicBarrier together = new CyclicBarrier(3);
    List<CompletableFuture<Integer>> all =
        List.of(
            queue.submit(() -> together.await(20, TimeUnit.SECONDS)),
            queue.submit(() -> together.await(20, TimeUnit.SECONDS)),
            queue.submit(() -> together.await(20, TimeUnit.SECONDS)));
    for (CompletableFuture<Integer> one : all) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isBetween(0, 2);
    }
  }

  @Test
  void aFloodAtOneEndpointKeepsNoOtherWaitingForMoreThanOneOfIts() throws Exception {
    SignatureWorker.Queue flooded = worker.queue();
    SignatureWorker.Queue other = worker.queue();
    CountDownLatch go = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    assertThat(flooded.submit(() -> go.await(20, TimeUnit.SECONDS))).isNotDone();
    for (int i = 0; i < 100; i++) {
      assertThat(flooded.submit(() -> order.add("flood"))).isNotDone();
    }
    CompletableFuture<Boolean> first = other.submit(() -> order.add("other"));
    CompletableFuture<Boolean> second = other.submit(() -> order.add("other"));
    go.countDown();
    first.get(20, TimeUnit.SECONDS);
    second.get(20, TimeUnit.SECONDS);
    assertThat(order.subList(0, order.lastIndexOf("other") + 1))
        .hasSizeLessThanOrEqualTo(4)
        .contains("other");
  }

  @Test
  void whatFindsItsQueueFullIsRefusedAndOtherQueuesAreNot() throws Exception {
    SignatureWorker.Queue full = worker.queue();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> busy =
        full.submit(
            () -> {
              started.countDown();
              return go.await(20, TimeUnit.SECONDS);
            });
    assertThat(busy).isNotDone();
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < SignatureWorker.MAX_WAITING; i++) {
      assertThat(full.submit(() -> 1)).isNotCompletedExceptionally();
    }
    CompletableFuture<Integer> refused = full.submit(() -> 1);
    assertThatThrownBy(() -> refused.get(1, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_RESOURCE_EXHAUSTED));
    CompletableFuture<Integer> other = worker.queue().submit(() -> 2);
    go.countDown();
    assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void whatThrowsIsTheFuturesFailureAndStopsNothing() throws Exception {
    SignatureWorker.Queue queue = worker.queue();
    CompletableFuture<Object> failed =
        queue.submit(
            () -> {
              throw new StackOverflowError("deep");
            });
    CompletableFuture<Integer> next = queue.submit(() -> 3);
    assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(failed).isCompletedExceptionally();
  }

  @Test
  void afterTheEndNothingIsTaken() {
    SignatureWorker.Queue queue = worker.queue();
    worker.close();
    assertThat(queue.submit(() -> 1)).isCompletedExceptionally();
  }
}
