package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Stands between a provider that opens a transport and the caller's context until the transport has
 * been put to use. What a discarded one reports later must not look like the death
 * of the one that took its place, and threads that it leaves behind are told to end.
 */
final class Opening {
  private enum State {
    UNDER_WAY,
    ADOPTED,
    OVER
  }

  private final TransportUse use;
  private final Consumer<Throwable> onFailure;
  private final TransportContext context;
  private final List<Thread> threads = new ArrayList<>();
  private State state = State.UNDER_WAY;
  private Throwable earlyFailure;
  private String step = "open()";

  Opening(TransportContext outer, TransportUse use) {
    this.use = use;
    onFailure = outer.onFailure();
    context =
        new TransportContext(
            outer.loops(),
            outer.readBufferBytes(),
            task -> remember(outer.threads().newThread(task)),
            this::report);
  }

  /** Opens a transport and puts it to use; closes what there is of it when that fails. */
  Guarded<Transport> open(TransportProvider provider) {
    Transport[] opened = {null};
    boolean wanted = false;
    try {
      Guarded<Transport> result =
          Guarded.call(
              () -> {
                opened[0] = provider.open(context);
                check(opened[0]);
                step = "listen()"; // a client asks nothing more of a transport yet
                Transport used = use.begin(opened[0]);
                adopt();
                return used;
              });
      wanted = !result.failed();
      return result;
    } finally {
      if (!wanted) {
        discard(opened[0]);
      }
    }
  }

  /** The provider's method that was called last. */
  String step() {
    return step;
  }

  private static void check(Transport transport) throws Unfit {
    if (transport == null) {
      throw new Unfit("open() returned null");
    }
    if (transport.loops() == null) {
      throw new Unfit("loops() returned null");
    }
  }

  private synchronized void adopt() throws Unfit {
    if (earlyFailure != null) {
      throw new Unfit("died while it was opened: " + Guarded.text(earlyFailure), earlyFailure);
    }
    state = State.ADOPTED;
    threads.clear();
  }

  private void discard(Transport transport) {
    List<Thread> leftBehind;
    synchronized (this) {
      state = State.OVER;
      leftBehind = List.copyOf(threads);
      threads.clear();
    }
    if (transport != null) {
      // A second failure of the same candidate would tell nobody anything new.
      Guarded.call(
          () -> {
            transport.close();
            return true;
          });
    }
    leftBehind.forEach(Thread::interrupt);
  }

  private synchronized Thread remember(Thread thread) {
    if (state == State.UNDER_WAY && thread != null) {
      threads.add(thread);
    }
    return thread;
  }

  private void report(Throwable cause) {
    if (isForCaller(cause)) {
      onFailure.accept(cause);
    }
  }

  /** The first failure of an adopted transport; that of an unfinished one is kept for adopt. */
  private synchronized boolean isForCaller(Throwable cause) {
    boolean isForCaller = state == State.ADOPTED;
    if (isForCaller) {
      state = State.OVER;
    } else if (state == State.UNDER_WAY && earlyFailure == null) {
      earlyFailure = cause == null ? new IllegalStateException("no cause was given") : cause;
    }
    return isForCaller;
  }
}
