package qwormhole.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

@Timeout(60)
class WriteWatchTest {
  private static final int SECOND = 4; // looks

  private final StubTransport stub = new StubTransport();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> blocked = new CopyOnWriteArrayList<>();
  private final WatchedTransport transport =
      new WatchedTransport(stub, failures::add, task -> new Thread(task, "rescuer"));
  private final AtomicLong clock = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean starved;
  private final LoopWatch watch =
      new LoopWatch(
          transport,
          clock::get,
          new ThreadProbe() {
            @Override
            public ThreadSample sample(Thread thread) {
              return new ThreadSample(ThreadSample.State.ASLEEP, 1);
            }

            @Override
            public boolean anyStarved() {
              return starved;
            }

            @Override
            public void forget() {}
          },
          (loop, millis, inHandler, where) -> blocked.add(where));

  /** Writes whatever comes, when bytes come and when the socket is writable. */
  private static final class Writer implements LinkHandler {
    final List<String> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<Throwable> end = new CompletableFuture<>();
    volatile Link link;
    volatile Throwable thrown;
    volatile boolean inLoopAfterWrite;

    @Override
    public void onOpen(Link opened) {
      link = opened;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      write();
      inLoopAfterWrite = link.inLoop();
      events.add("written");
    }

    @Override
    public void onWritable() {
      write();
    }

    void write() {
      try {
        link.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1);
      } catch (IOException | RuntimeException e) {
        thrown = e;
      }
    }

    @Override
    public void onClosed(Throwable cause) {
      events.add("closed");
      end.complete(cause);
    }
  }

  private Writer connect() {
    Writer writer = new Writer();
    transport.connect(null, null, writer);
    stub.onLoop(() -> {});
    return writer;
  }

  private StubTransport.StubLink provided(int number) {
    return List.copyOf(stub.links).get(number);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      clock.addAndGet(LoopWatch.PERIOD_NANOS);
      watch.run();
    }
  }

  /** Blocks a write of this link until the end; returns what is counted down when it does. */
  private CountDownLatch hang(int link) {
    CountDownLatch hanging = new CountDownLatch(1);
    provided(link).onWrite =
        () -> {
          hanging.countDown();
          StubTransport.await(over);
          return 1;
        };
    return hanging;
  }

  @AfterEach
  void end() {
    over.countDown();
    transport.close(Duration.ofSeconds(10));
  }

  @Test
  void aWriteOfALoopThatDoesNotReturnIsTheTransportsFailureAndNoBlockedHandler() {
    Writer writer = connect();
    Writer other = connect();
    CountDownLatch hanging = hang(0);
    stub.later(() -> provided(0).handler.onBytes(ByteBuffer.allocate(0)));
    StubTransport.await(hanging);
    look(SECOND);
    assertThat(failures)
        .singleElement()
        .asString()
        .contains("stub-loop", "750 ms", "WriteWatchTest");
    assertThat(writer.end.orTimeout(30, TimeUnit.SECONDS).join()).isSameAs(failures.get(0));
    assertThat(other.end.orTimeout(30, TimeUnit.SECONDS).join()).isSameAs(failures.get(0));
    assertThat(blocked).isEmpty();
  }

  @Test
  void aLoopThatComesBackFromSuchAWriteTouchesNothingAnyMore() {
    Writer writer = connect();
    CountDownLatch hanging = hang(0);
    List<String> tasks = new CopyOnWriteArrayList<>();
    stub.later(() -> provided(0).handler.onBytes(ByteBuffer.allocate(0)));
    StubTransport.await(hanging);
    writer.link.execute(() -> tasks.add("left"));
    look(SECOND);
    writer.end.orTimeout(30, TimeUnit.SECONDS).join();
    over.countDown();
    stub.onLoop(() -> {});
    assertThat(writer.thrown).isInstanceOf(IOException.class).hasMessageContaining("given up");
    assertThat(writer.inLoopAfterWrite).isFalse();
    LinkHandler late = provided(0).handler;
    stub.onLoop(() -> late.onBytes(ByteBuffer.allocate(0)));
    stub.onLoop(() -> late.onClosed(null));
    assertThat(writer.events).containsExactly("closed", "written");
    assertThat(tasks).containsExactly("left");
    assertThat(failures).hasSize(1);
  }

  @Test
  void tasksBehindOneWhoseWriteHangsRunInOrderAndOnce() {
    Writer writer = connect();
    CountDownLatch hanging = hang(0);
    List<Integer> ran = new CopyOnWriteArrayList<>();
    CountDownLatch queued = new CountDownLatch(1);
    stub.later(() -> StubTransport.await(queued));
    writer.link.execute(
        () -> {
          writer.write();
          ran.add(-1);
        });
    for (int i = 0; i < 10; i++) {
      int number = i;
      writer.link.execute(() -> ran.add(number));
    }
    queued.countDown();
    StubTransport.await(hanging);
    writer.link.execute(() -> ran.add(10));
    look(SECOND);
    writer.end.orTimeout(30, TimeUnit.SECONDS).join();
    over.countDown();
    stub.onLoop(() -> {});
    assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1);
  }

  @Test
  void aWriteOfASenderThatDoesNotReturnIsTheTransportsFailure() throws InterruptedException {
    Writer writer = connect();
    CountDownLatch hanging = hang(0);
    Thread sender = new Thread(writer::write, "some sender");
    sender.start();
    StubTransport.await(hanging);
    for (int i = 0; i < SECOND - 1; i++) {
      look(1);
      stub.onLoop(() -> {});
    }
    assertThat(failures).isEmpty();
    look(1);
    assertThat(failures).singleElement().asString().contains("some sender", "750 ms");
    for (int i = 0; i < SECOND; i++) {
      stub.onLoop(() -> {}); // which has answered what it was asked
      look(1);
    }
    assertThat(failures).hasSize(1);
    over.countDown();
    sender.join();
  }

  @Test
  void aSenderThatIsLateIsNot() throws InterruptedException {
    Writer writer = connect();
    CountDownLatch hanging = hang(0);
    Thread sender = new Thread(writer::write, "some sender");
    sender.start();
    StubTransport.await(hanging);
    starved = true;
    for (int i = 0; i < 10 * SECOND; i++) {
      look(1);
      stub.onLoop(() -> {});
    }
    assertThat(failures).isEmpty();
    over.countDown();
    sender.join();
  }

  @Test
  void whatAWriteThrowsIsTheTransportsFailureUnlessItIsAConnectionsOrTheJvms() {
    Writer writer = connect();
    provided(0).onWrite =
        () -> {
          throw new StackOverflowError();
        };
    assertThatThrownBy(writer::write).isInstanceOf(StackOverflowError.class);
    assertThat(failures).isEmpty();
    provided(0).onWrite =
        () -> {
          throw new IllegalStateException("on purpose");
        };
    writer.write();
    assertThat(failures).singleElement().asString().contains("on purpose");
    writer.write();
    assertThat(failures).hasSize(1);
  }

  private void cycle(int link) {
    for (int i = 0; i < 20; i++) {
      stub.onLoop(() -> provided(link).handler.onWritable());
    }
  }

  @Test
  void writableSocketsThatTakeNothingOnAllLinksAreTheTransportsFailure() {
    connect();
    for (int i = 0; i < SECOND; i++) {
      assertThat(failures).isEmpty();
      cycle(0);
      look(1);
    }
    assertThat(failures).singleElement().asString().contains("take no bytes");
  }

  @Test
  void oneLinkOfManyThatTakesNothingIsNotNorIsAPeerThatDoesNotRead() {
    connect();
    connect();
    for (int i = 0; i < 10 * SECOND; i++) {
      cycle(0);
      look(1);
    }
    assertThat(failures).isEmpty();
    for (int i = 0; i < 10 * SECOND; i++) {
      look(1); // the socket of the second is full, and the first is not written to
      stub.onLoop(() -> {});
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void aLinkThatTakesSomethingNowAndThenIsSound() {
    connect();
    for (int i = 0; i < 10 * SECOND; i++) {
      cycle(0);
      look(1);
      if (i % 2 == 1) {
        provided(0).onWrite = () -> 1;
        cycle(0);
        provided(0).onWrite = () -> 0;
      }
    }
    assertThat(failures).isEmpty();
  }
}
