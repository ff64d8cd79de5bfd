package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.FrameDecoder;
import qwormhole.api.internal.frame.FrameException;
import qwormhole.api.internal.frame.FrameSink;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;

/**
 * Many senders, one link that takes what it likes, a loop and a guard: what is written decodes to
 * what was accepted, each sender's messages in order, and no memory is lost. A seed fixes sizes, ways
 * of sending and what the socket takes; the machine decides who runs when.
 */
class OutboundStressTest {
  private static final int SENDERS = 8;
  private static final int MESSAGES = 150;
  private static final int HEADER = 8;
  private static final int LARGEST = 200 << 10;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  private final SystemTimers timers =
      new SystemTimers(EngineThread.factory("stress-timer"), e -> {});
  private final StreamGuard guard = new StreamGuard(EngineThread.factory("stress-guard"));
  private final SegmentPool pool = new SegmentPool(256 << 20);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("qwormhole.stress.seeds", 25));
  }

  @AfterEach
  void close() {
    guard.close();
    timers.close();
  }

  @AfterAll
  static void endThreads() {
    THREADS.shutdown();
  }

  /** What the outbound side tells, and how often. */
  private static final class Told implements OutboundEvents {
    final CountDownLatch over = new CountDownLatch(1);
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger drains = new AtomicInteger();

    @Override
    public void onBackpressure() {
      refusals.incrementAndGet();
    }

    @Override
    public void onDrain() {
      drains.incrementAndGet();
    }

    @Override
    public void onRoom() {}

    @Override
    public void onFinished() {
      over.countDown();
    }

    @Override
    public void onWriteFailed(IOException cause) {
      failures.incrementAndGet();
      over.countDown();
    }
  }

  /** One run's parts. */
  private final class Run {
    final long seed;
    final LoopLink link;
    final Told told = new Told();
    final AtomicInteger empty = new AtomicInteger();
    final Outbound outbound;

    Run(long seed, int maxOutbound) {
      this.seed = seed;
      link = new LoopLink(seed);
      outbound =
          new Outbound(
              link,
              timers,
              pool,
              guard,
              told,
              OutboundBed.limits(true, LARGEST, maxOutbound),
              null);
      link.onWritable = outbound::onWritable;
    }

    /** The messages that each sender had accepted, and their futures. */
    List<Sender> send() throws Exception {
      List<Sender> senders = new ArrayList<>();
      for (int id = 0; id < SENDERS; id++) {
        senders.add(new Sender(this, id));
      }
      List<Future<Void>> ends = THREADS.invokeAll(senders);
      for (Future<Void> end : ends) {
        end.get(60, TimeUnit.SECONDS);
      }
      return senders;
    }

    Received received() throws FrameException {
      Received received = new Received();
      FrameDecoder decoder = new FrameDecoder(pool, LARGEST);
      byte[] written = link.written();
      Random random = new Random(seed);
      for (int at = 0; at < written.length; ) {
        int count = Math.min(written.length - at, 1 + random.nextInt(200_000));
        decoder.decode(ByteBuffer.wrap(written, at, count).slice(), received);
        at += count;
      }
      decoder.end();
      return received;
    }

    void assertNothingIsLost() throws InterruptedException {
      link.awaitEnd();
      assertThat(link.defects).as("seed %d", seed).hasValue(0);
      assertThat(pool.outBytes()).as("seed %d", seed).isZero();
      assertThat(outbound.pendingBytes()).as("seed %d", seed).isZero();
    }
  }

  /** Sends its messages in every way there is, some of them more than once until they are taken. */
  private static final class Sender implements Callable<Void> {
    final Run run;
    final int id;
    final Random random;
    final Map<Integer, CompletableFuture<Void>> futures = new HashMap<>();
    int accepted;

    Sender(Run run, int id) {
      this.run = run;
      this.id = id;
      this.random = new Random(run.seed * 31 + id);
    }

    @Override
    public Void call() {
      boolean open = true;
      while (open && accepted < MESSAGES) {
        open =
            switch (random.nextInt(5)) {
              case 4 -> offerEmpty();
              case 0 -> batch(1 + random.nextInt(20));
              case 1 -> offer(next(), null);
              case 2 -> offer(next(), new CompletableFuture<>());
              default -> waitForRoom(next());
            };
        if (random.nextInt(10) == 0) {
          LockSupport.parkNanos(1_000);
        }
      }
      return null;
    }

    private boolean offer(ByteBuffer payload, CompletableFuture<Void> future) {
      SendResult result = run.outbound.offer(payload, 0, future);
      for (; result == SendResult.BACK_PRESSURED; result = run.outbound.offer(payload, 0, future)) {
        LockSupport.parkNanos(1_000);
      }
      if (future != null && result == SendResult.SENT) {
        futures.put(accepted, future);
      }
      return took(result);
    }

    private boolean offerEmpty() {
      SendResult result = run.outbound.offer(ByteBuffer.allocate(0), 0, null);
      run.empty.addAndGet(result == SendResult.SENT ? 1 : 0);
      return result != SendResult.CLOSED;
    }

    private boolean waitForRoom(ByteBuffer payload) {
      long time = random.nextBoolean() ? 1_000 : Duration.ofSeconds(60).toNanos();
      SendResult result = run.outbound.offer(payload, 0, time);
      for (; result == SendResult.BACK_PRESSURED; result = run.outbound.offer(payload, 0, time)) {
        LockSupport.parkNanos(1_000);
      }
      return took(result);
    }

    private boolean took(SendResult result) {
      assertThat(result).isIn(SendResult.SENT, SendResult.CLOSED);
      accepted += result == SendResult.SENT ? 1 : 0;
      return result == SendResult.SENT;
    }

    /** As a batch scope does it: small messages into a segment that was asked for. */
    private boolean batch(int count) {
      Segment segment = run.outbound.loans().reserve(false);
      while (segment == null && !run.outbound.isClosed()) {
        segment = run.outbound.loans().reserveWithin(60_000_000_000L);
      }
      if (segment == null) {
        return false;
      }
      int frames = 0;
      for (int i = 0; i < count && accepted < MESSAGES; i++) {
        ByteBuffer payload = payload(id, accepted, HEADER + random.nextInt(1_000), false);
        segment.memory.putInt(payload.remaining()).put(payload);
        accepted++;
        frames++;
      }
      run.outbound.loans().submit(segment, frames);
      return true;
    }

    private ByteBuffer next() {
      int size =
          switch (random.nextInt(20)) {
            case 0 -> random.nextInt(LARGEST - HEADER);
            case 1, 2, 3 -> random.nextInt(20_000);
            default -> random.nextInt(500);
          };
      return payload(id, accepted, HEADER + size, random.nextBoolean());
    }
  }

  /** Who sent it, its number, and bytes that follow from both. */
  private static ByteBuffer payload(int id, int number, int length, boolean direct) {
    ByteBuffer payload = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
    payload.putInt(id).putInt(number);
    while (payload.hasRemaining()) {
      payload.put((byte) (id + number + payload.position()));
    }
    return payload.flip();
  }

  /** Numbers by sender, as they arrive. */
  private static final class Received implements FrameSink {
    final Map<Integer, List<Integer>> sequences = new HashMap<>();
    int empty;

    @Override
    public boolean onFrame(ByteBuffer payload) {
      if (!payload.hasRemaining()) {
        empty++;
        return true;
      }
      int start = payload.position();
      int id = payload.getInt();
      int number = payload.getInt();
      while (payload.hasRemaining()) {
        int at = payload.position() - start;
        if (payload.get() != (byte) (id + number + at)) {
          throw new AssertionError("message " + number + " of " + id + " is wrong at " + at);
        }
      }
      sequences.computeIfAbsent(id, sender -> new ArrayList<>()).add(number);
      return true;
    }

    @Override
    public boolean onControl(int kind, ByteBuffer body) {
      throw new AssertionError("no control frame was sent");
    }
  }

  private static List<Integer> upTo(int count) {
    Integer[] numbers = new Integer[count];
    Arrays.setAll(numbers, i -> i);
    return List.of(numbers);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allThatWasAcceptedArrivesInOrder(long seed) throws Exception {
    Run run = new Run(seed, seed % 2 == 0 ? 5 << 20 : 300 << 10);
    List<Sender> senders = run.send();
    run.outbound.finish();
    assertThat(run.told.over.await(60, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();

    Received received = run.received();
    assertThat(received.empty).isEqualTo(run.empty.get());
    for (Sender sender : senders) {
      assertThat(sender.accepted).isEqualTo(MESSAGES);
      assertThat(received.sequences.get(sender.id))
          .as("sender %d, seed %d", sender.id, seed)
          .isEqualTo(upTo(MESSAGES));
      assertThat(sender.futures.values()).allMatch(CompletableFuture::isDone);
      assertThat(sender.futures.values()).noneMatch(CompletableFuture::isCompletedExceptionally);
    }
    assertThat(run.outbound.messages()).isEqualTo((long) SENDERS * MESSAGES + run.empty.get());
    assertThat(run.outbound.bytesWritten()).isEqualTo(run.link.written().length);
    assertThat(run.told.drains.get()).isLessThanOrEqualTo(run.told.refusals.get());
    run.assertNothingIsLost();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tailsAreSentWithoutAnybodysHelp(long seed) throws Exception {
    Run run = new Run(seed, 5 << 20);
    run.send();
    // Nobody sends, flushes or finishes: the loop and the guard bring the rest.
    await().atMost(Waiting.LONG).until(() -> run.outbound.pendingBytes() == 0);
    run.outbound.finish();
    assertThat(run.told.over.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.received().sequences.values()).allMatch(upTo(MESSAGES)::equals);
    run.assertNothingIsLost();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void closedInBetweenWhatArrivedIsABeginningAndNoFutureIsLeft(long seed) throws Exception {
    Run run = new Run(seed, 1 << 20);
    Future<?> closing =
        THREADS.submit(
            () -> {
              long pause = ThreadLocalRandom.current().nextLong(5_000_000);
              for (long end = System.nanoTime() + pause; System.nanoTime() - end < 0; ) {
                Thread.onSpinWait();
              }
              run.outbound.close();
            });
    List<Sender> senders = run.send();
    closing.get(60, TimeUnit.SECONDS);
    assertBeginnings(run, senders);
    assertThat(run.told.failures).hasValue(0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void afterAFailedWriteWhatArrivedIsABeginningAndNoFutureIsLeft(long seed) throws Exception {
    Run run = new Run(seed, 1 << 20);
    run.link.failAfter(new Random(seed).nextInt(3_000_000));
    List<Sender> senders = run.send();
    run.outbound.finish();
    assertThat(run.told.over.await(60, TimeUnit.SECONDS)).isTrue();
    assertBeginnings(run, senders);
    assertThat(run.told.failures.get()).isLessThanOrEqualTo(1);
  }

  private static void assertBeginnings(Run run, List<Sender> senders) throws Exception {
    run.assertNothingIsLost();
    Map<Integer, List<Integer>> received = run.received().sequences;
    for (Sender sender : senders) {
      List<Integer> numbers = received.getOrDefault(sender.id, List.of());
      assertThat(numbers)
          .as("sender %d, seed %d", sender.id, run.seed)
          .isEqualTo(upTo(numbers.size()))
          .hasSizeLessThanOrEqualTo(sender.accepted + 1); // one was written when it failed
      sender.futures.forEach(
          (number, future) -> {
            assertThat(future.isDone()).as("future, seed %d", run.seed).isTrue();
            if (!future.isCompletedExceptionally()) {
              assertThat(numbers).as("a future that lies, seed %d", run.seed).contains(number);
            }
          });
    }
  }
}
