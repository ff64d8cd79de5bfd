package qwormhole.api.internal.session.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A loop thread that is none: its tasks run in order, one at a time, when the world says. */
final class SimulatedLoop {
  private final World world;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ByteBuffer reading = ByteBuffer.allocate(16 << 10);
  private boolean running;
  private boolean ended;

  SimulatedLoop(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  void execute(Runnable task) {
    if (!ended) {
      tasks.add(task);
      world.soon(this::runNext);
    }
  }

  private void runNext() {
    Runnable task = tasks.poll();
    if (task != null) {
      run(task);
    }
  }

  /** Does something as the loop. */
  void run(Runnable event) {
    boolean before = running;
    running = true;
    try {
      event.run();
    } finally {
      running = before;
    }
  }

  boolean isRunning() {
    return running;
  }

  /** The buffer of all the loop's links: what a link hands on is gone with the next one's. */
  ByteBuffer reading() {
    return reading.clear();
  }

  void end() {
    ended = true;
    tasks.clear();
  }
}
