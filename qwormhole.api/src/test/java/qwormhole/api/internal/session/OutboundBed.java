package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import qwormhole.api.RateLimit;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.SegmentPool;

/** An outbound side on a fake link, a manual clock, and a guard that never looks by itself. */
final class OutboundBed {
  static final int MAX_FRAME = 4 << 20;
  static final int MAX_OUTBOUND = 5 << 20;

  final ManualTimers timers = new ManualTimers();
  final FakeLink link = new FakeLink();
  final RecordingEvents events = new RecordingEvents();
  final AtomicInteger guardThreads = new AtomicInteger();
  final SegmentPool pool;
  final Outbound outbound;

  /** Limits under which reading pauses over half of the queue. */
  static SessionLimits limits(boolean framed, int maxFrame, int maxOutbound) {
    return new SessionLimits(framed, maxFrame, maxOutbound, maxOutbound / 2);
  }

  OutboundBed() {
    this(MAX_OUTBOUND);
  }

  OutboundBed(int maxOutbound) {
    this(limits(true, MAX_FRAME, maxOutbound), null, 64 << 20);
  }

  OutboundBed(SessionLimits limits, RateLimit rate, long poolBytes) {
    pool = new SegmentPool(poolBytes);
    StreamGuard guard =
        new StreamGuard(
            task -> {
              guardThreads.incrementAndGet();
              return new Thread(() -> {});
            });
    TokenBucket bucket = rate == null ? null : new TokenBucket(rate, timers.nanoTime());
    outbound = new Outbound(link, timers, pool, guard, events, limits, bucket);
    rest();
  }

  /** Long enough for what comes next to be no part of a stream. */
  void rest() {
    timers.advance(1_000_000);
  }

  SendResult send(String text) {
    return outbound.offer(Payloads.of(text), 0, null);
  }

  SendResult send(String name, int length) {
    return outbound.offer(Payloads.of(name, length), 0, null);
  }

  CompletableFuture<Void> sendAsync(String name, int length) {
    CompletableFuture<Void> completion = new CompletableFuture<>();
    assertThat(outbound.offer(Payloads.of(name, length), 0, completion)).isEqualTo(SendResult.SENT);
    return completion;
  }

  /** The socket takes nothing, and the outbound side has noticed. */
  void fillSocket() {
    link.runTasks();
    link.room = 0;
    rest();
    send("blocker");
    assertThat(link.asked).endsWith("wantWritable");
  }

  /** The socket takes that much more, and says so. */
  void makeRoom(int bytes) {
    link.room = bytes;
    link.asLoop(outbound::onWritable);
    endStream();
  }

  /** The guard looks until the stream is over, and the loop sends its tail. */
  void endStream() {
    boolean streams = true;
    while (streams) {
      streams = outbound.flusher.isStillStreaming();
    }
    link.runTasks();
  }

  /** The socket takes everything from now on. */
  void openSocket() {
    makeRoom(Integer.MAX_VALUE);
  }

  /** The names of the whole frames that the peer has. */
  List<String> names() {
    return link.wire.frames().stream().map(Payloads::name).collect(Collectors.toList());
  }

  /** Nothing is pending, nothing is lost from the pool. */
  void assertClean() {
    assertThat(outbound.pendingBytes()).isZero();
    assertThat(pool.outBytes()).isZero();
  }
}
