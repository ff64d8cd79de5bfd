package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** {@link Link#execute} and {@link Link#inLoop}. */
interface LoopConformance extends Conformance {

  @Test
  default void tasksRunOnTheLoopInOrder() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    Link link = recorder.link();
    List<Integer> ran = new ArrayList<>();
    List<Boolean> inLoop = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      link.execute(
          () -> {
            ran.add(number);
            inLoop.add(link.inLoop() && Thread.currentThread() == recorder.loop());
          });
    }
    recorder.settle();
    assertThat(ran).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    assertThat(inLoop).containsOnly(true);
    assertThat(link.inLoop()).isFalse();
  }

  @Test
  default void aTaskMaySubmitTasks() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    Link link = recorder.link();
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(1000);
    link.execute(
        new Runnable() {
          @Override
          public void run() {
            if (left.decrementAndGet() == 0) {
              done.complete(null);
            } else {
              link.execute(this);
            }
          }
        });
    Patience.await("the last task", done);
  }

  @Test
  default void aHandlerMaySubmitTasks() throws IOException {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    Recorder recorder =
        new Recorder() {
          @Override
          void open(Link link) {
            link.execute(() -> ran.complete(null));
          }
        };
    bed().serve(recorder);
    Patience.await("a task submitted by onOpen", ran);
  }

  @Test
  default void aTaskForAnEndedLinkIsRun() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder).close();
    recorder.end();
    recorder.settle();
  }

  @Test
  default void noTaskOfManyThreadsIsLost() throws IOException {
    int threads = 8;
    int tasks = 20_000;
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    int[] next = new int[threads];
    AtomicInteger outOfOrder = new AtomicInteger();
    List<CompletableFuture<Void>> submitting = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      submitting.add(
          RawPeer.inBackground(
              () -> {
                for (int j = 0; j < tasks; j++) {
                  int number = j;
                  recorder
                      .link()
                      .execute(
                          () -> {
                            if (next[thread]++ != number) {
                              outOfOrder.incrementAndGet();
                            }
                          });
                }
                return null;
              }));
    }
    submitting.forEach(each -> Patience.await("a submitter", each));
    recorder.settle();
    assertThat(next).containsOnly(tasks);
    assertThat(outOfOrder).hasValue(0);
  }

  /** Each task meets the loop at another moment on its way to sleep. */
  @Test
  default void noWakeUpIsLost() throws IOException {
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    Link link = recorder.link();
    SplittableRandom random = new SplittableRandom(Payload.SEED);
    AtomicInteger ran = new AtomicInteger();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos(); // on a busy machine
    for (int i = 1; i <= 200_000 && System.nanoTime() - end < 0; i++) {
      link.execute(ran::incrementAndGet);
      long start = System.nanoTime();
      while (ran.get() < i) {
        if (System.nanoTime() - start > Patience.LONG.toNanos()) {
          fail("task %d was not run, seed %d", i, Payload.SEED);
        }
        Thread.onSpinWait();
      }
      for (int j = random.nextInt(100); j > 0; j--) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  default void linksAreSpreadOverTheLoops() throws IOException {
    Transport transport = bed().open(2);
    List<Recorder> recorders = new CopyOnWriteArrayList<>();
    try (Listener listener =
        bed()
            .listen(
                transport,
                SocketOptions.DEFAULTS,
                () -> {
                  Recorder recorder = new Recorder();
                  recorders.add(recorder);
                  return recorder;
                })) {
      for (int i = 0; i < 8; i++) {
        RawPeer peer = bed().dial(listener.address());
        peer.send((byte) i);
        int expected = i + 1;
        Patience.await("a link").until(() -> recorders.size() == expected);
        recorders.get(i).awaitReceived(1);
      }
    }
    assertThat(recorders).extracting(Recorder::loop).doesNotContainNull();
    assertThat(recorders.stream().map(Recorder::loop).distinct()).hasSize(2);
  }
}
