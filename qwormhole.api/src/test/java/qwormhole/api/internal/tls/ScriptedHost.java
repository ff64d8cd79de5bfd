package qwormhole.api.internal.tls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import qwormhole.api.internal.frame.SegmentPool;

/** Memory, time and another thread's work, as the test hands them out. */
final class ScriptedHost implements TlsHost {
  /** What is scheduled and neither run nor cancelled. */
  final List<Runnable> timers = new ArrayList<>();

  /** Whether work off the loop waits for {@link #work()}. */
  boolean busy;

  private final SegmentPool pool;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  ScriptedHost(SegmentPool pool) {
    this.pool = pool;
  }

  @Override
  public SegmentPool pool() {
    return pool;
  }

  @Override
  public CompletionStage<?> offLoop(Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiting.add(
        () -> {
          work.run();
          done.complete(null);
        });
    if (!busy) {
      work();
    }
    return done;
  }

  void work() {
    for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
      work.run();
    }
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  /** Runs what is scheduled, as if its time had come. */
  void runTimers() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }
}
