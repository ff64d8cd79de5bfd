package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import qwormhole.api.EndpointOptions;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.select.ProviderSelector;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.internal.tls.TlsHost;
import qwormhole.api.internal.watch.LoopWatch;
import qwormhole.api.internal.watch.WatchedTransport;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * What endpoints of one runtime share: time, memory and, among clients that ask for the same, a
 * transport. Any thread.
 */
public final class Engine {
  private static final int READ_BUFFER_BYTES = 256 << 10;
  private static final Duration LONGEST_TRANSPORT_GRACE = Duration.ofSeconds(2);
  private static final Duration SHORTEST_TRANSPORT_GRACE = Duration.ofMillis(200);

  private final Timers timers;
  private final SegmentPool pool;
  private final ProviderSelector selector;
  private final StreamGuard guard;
  private final Background background;
  private final SignatureWorker signatures;
  private final ThreadFactory rescuers = EngineThread.factory("rescue");
  private final List<Lease> shared = new ArrayList<>();

  /** An engine on the system's clock, whose buffers may take half of the heap's size off it. */
  public Engine() {
    this((id, provider) -> provider);
  }

  /** As {@link #Engine()}, with something around each provider. */
  public Engine(BiFunction<String, TransportProvider, TransportProvider> decorator) {
    this(
        new SystemTimers(
            EngineThread.factory("timer"), e -> Log.warn("a timer task failed: " + e, e)),
        new SegmentPool(Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 2)),
        ProviderSelector.system(decorator),
        new StreamGuard(EngineThread.factory("guard")),
        new BackgroundThreads(EngineThread.factory("close")),
        new SignatureWorker());
  }

  Engine(
      Timers timers,
      SegmentPool pool,
      ProviderSelector selector,
      StreamGuard guard,
      Background background,
      SignatureWorker signatures) {
    this.timers = timers;
    this.pool = pool;
    this.selector = selector;
    this.guard = guard;
    this.background = background;
    this.signatures = signatures;
  }

  Timers timers() {
    return timers;
  }

  SegmentPool pool() {
    return pool;
  }

  /** Where one endpoint has its signatures made and verified. */
  SignatureWorker.Queue signatureQueue() {
    return signatures.queue();
  }

  /** What TLS of one endpoint borrows: memory, time, and the threads that signatures are made on. */
  TlsHost tlsHost() {
    SignatureWorker.Queue computations = signatures.queue();
    return new TlsHost() {
      @Override
      public SegmentPool pool() {
        return pool;
      }

      @Override
      public CompletionStage<?> offLoop(Runnable work) {
        return computations.submit(Executors.callable(work));
      }

      @Override
      public Runnable schedule(Runnable task, long delayNanos) {
        return timers.schedule(task, delayNanos);
      }
    };
  }

  SessionContext context(EndpointOptions<?> options) {
    return new SessionContext(options, SessionLimits.of(options), timers, pool, guard);
  }

  /** Where what may wait runs. */
  Background background() {
    return background;
  }

  /** Runs what may wait, on a thread of its own. */
  void background(Runnable task) {
    background.run(task);
  }

  /** What the options ask of the selection. */
  public static SelectionRequest request(Side side, EndpointOptions<?> options) {
    return new SelectionRequest(
        side,
        options.forceJava(),
        options.preferNative().orElse(null),
        options.preferredBackend().orElse(null),
        options.requiredBackend().orElse(null),
        java.util.Map.of());
  }

  /** Opens a transport for one user alone. */
  Lease lease(SelectionRequest request, int loops, TransportUser user) {
    return new Lease(request, loops, user);
  }

  /** Joins the clients that asked for the same, or opens a transport for them. */
  Lease share(SelectionRequest request, int loops, TransportUser user) {
    synchronized (shared) {
      for (Lease lease : shared) {
        if (lease.request.equals(request) && lease.join(user)) {
          return lease;
        }
      }
      Lease lease = new Lease(request, loops, user);
      shared.add(lease);
      return lease;
    }
  }

  /** For the threads of a transport to end, whatever an endpoint's grace. */
  private static Duration within(Duration grace) {
    if (grace.compareTo(SHORTEST_TRANSPORT_GRACE) < 0) {
      return SHORTEST_TRANSPORT_GRACE;
    }
    return grace.compareTo(LONGEST_TRANSPORT_GRACE) > 0 ? LONGEST_TRANSPORT_GRACE : grace;
  }

  /** Ends the engine's own threads; endpoints are closed before. */
  public void close() {
    timers.close();
    guard.close();
    signatures.close();
  }

  /** A transport and its users; it closes when the last one leaves. */
  final class Lease {
    private final SelectionRequest request;
    private final SelectedTransport selected;
    private final Runnable endWatch;
    private final List<TransportUser> users = new ArrayList<>();
    private boolean failed;

    private Lease(SelectionRequest request, int loops, TransportUser user) {
      this.request = request;
      users.add(user);
      selected =
          selector.open(
              request,
              new TransportContext(
                  loops,
                  READ_BUFFER_BYTES,
                  EngineThread.factory(request.side().text()),
                  this::failed),
              opened -> begin(opened, user));
      endWatch =
          selected.transport() instanceof WatchedTransport watched
              ? timers.repeat(
                  new LoopWatch(watched, timers::nanoTime, this::blocked), LoopWatch.PERIOD_NANOS)
              : () -> {};
    }

    private Transport begin(Transport opened, TransportUser user) throws Exception {
      Transport used =
          opened.loops().isEmpty() ? opened : new WatchedTransport(opened, this::failed, rescuers);
      user.begin(used);
      return used;
    }

    SelectedTransport selected() {
      return selected;
    }

    private boolean join(TransportUser user) {
      synchronized (users) {
        if (failed || users.isEmpty()) {
          return false;
        }
        return users.add(user);
      }
    }

    /** The users are told, and then move one after the other, on one thread that may wait. */
    void failed(Throwable cause) {
      List<TransportUser> told;
      synchronized (users) {
        if (failed) {
          return; // it hung, and has woken up to die
        }
        failed = true;
        told = List.copyOf(users);
      }
      background(
          () -> {
            told.forEach(user -> guarded(() -> user.failed(cause)));
            told.forEach(user -> guarded(user::move));
          });
    }

    private static void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        Log.warn("failover failed: " + e, e);
      }
    }

    /** What keeps a loop from its work is no fault of the transport's. */
    private void blocked(String loop, long millis, boolean inHandler, String where) {
      String since = "event loop " + loop + " blocked for " + millis + " ms ";
      if (!inHandler) {
        Log.warnRepeated("loop blocked", since + "outside of application code: " + where);
        return;
      }
      Log.warnRepeated(
          "loop blocked", since + "in application code; use handlerExecutor: " + where);
      List<TransportUser> told;
      synchronized (users) {
        told = List.copyOf(users);
      }
      told.forEach(user -> user.blocked(loop, Duration.ofMillis(millis), where));
    }

    /**
     * Leaves; the last one closes the transport and waits for its threads, and peers that do not end
     * their side get no more than the grace. Idempotent per user.
     */
    void release(TransportUser user, Duration grace) {
      synchronized (users) {
        if (!users.remove(user) || !users.isEmpty()) {
          return;
        }
      }
      synchronized (shared) {
        shared.remove(this);
      }
      endWatch.run(); // a loop that is about to end does not answer
      selected.transport().close(within(grace));
    }
  }
}
