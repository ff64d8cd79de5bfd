package qwormhole.api.internal.watch;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import qwormhole.api.internal.observe.Log;

/**
 * Plays a loop that was given up: runs the tasks that it left, ends its links with the cause, and those
 * of the transport that were on no loop yet, and then runs tasks until the transport is closed. A
 * thread of its own, which is the loop for all of them.
 */
final class Rescue implements Runnable {
  private final WatchedLoop loop;
  private final Set<WatchedLink> unopened;
  private final IOException cause;

  Rescue(WatchedLoop loop, Set<WatchedLink> unopened, IOException cause) {
    this.loop = loop;
    this.unopened = unopened;
    this.cause = cause;
  }

  @Override
  public void run() {
    loop.takeOver();
    for (WatchedLink link = loop.links(); link != null; link = link.next) {
      link.cut(); // all of them first: a handler that is told of an end may take its time
    }
    unopened.forEach(link -> guarded(one -> one.endUnopened(cause), link));
    while (loop.links() != null) {
      guarded(link -> link.end(cause), loop.links());
    }
    loop.endTakeOver();
    loop.play();
  }

  private static void guarded(Consumer<WatchedLink> end, WatchedLink link) {
    try {
      end.accept(link);
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("rescue", "failed to close a connection of a stalled event loop: " + e);
    }
  }
}
