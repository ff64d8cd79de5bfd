package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import qwormhole.api.Batch;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.ClientStatistics;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormholeClient;
import qwormhole.api.SendResult;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.Backend;
import qwormhole.api.internal.handshake.ClientHandshake;
import qwormhole.api.internal.handshake.HandshakeSettings;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.Management;
import qwormhole.api.internal.observe.Registration;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEngines;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport.PendingConnect;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * A client: one connection at a time, and when it ends the next, as the reconnect policy says. The
 * state changes under the object's monitor; listeners are called without it.
 */
public final class ClientEndpoint<M> implements QWormholeClient<M>, Events<M>, TransportEvents {
  private static final SecureRandom NONCES = new SecureRandom();

  private final Engine engine;
  private final boolean ownsEngine;
  private final ClientOptions<M> options;
  private final ClientListener<M> listener;
  private final SessionContext context;
  private final HandshakeSettings settings;
  private final TlsEngines tls; // null without TLS
  private final HandlerQueue handlers;
  private final ClientTransport transport;
  private final CompletableFuture<Connection<M>> firstReady = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Traffic traffic = new Traffic();
  private final Registration management = new Registration();
  private volatile ErrorCode lastError;

  // Guarded by this.
  private State state = State.IDLE;
  private boolean moving;
  private boolean attemptWaits;
  private PendingConnect connecting;
  private ClientConnection<M> attempted;
  private Runnable timer = () -> {};
  private Runnable sweeping = () -> {};
  private int attempt;
  private long ids;
  private long reconnects;
  private boolean closing;
  private CloseReason closeReason; // of the one who closed it, if anybody did

  /** An attempt is being prepared, or its end being told: the client's own end waits for that. */
  private boolean between;

  /** The present connection; also one whose session waits for its next link. */
  private volatile ClientConnection<M> current;

  private boolean suspended; // the current one
  private long suspendedNanos;
  private List<ByteBuffer> resends = List.of();

  /**
   * A client that has not begun to connect.
   *
   * @param ownsEngine whether the engine closes with the client
   */
  public ClientEndpoint(
      Engine engine, boolean ownsEngine, ClientOptions<M> options, ClientListener<M> listener) {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.options = options;
    this.listener = listener;
    this.context = engine.context(options);
    this.settings = HandshakeSettings.of(options);
    this.tls = TlsEngines.of(options, engine.tlsHost());
    this.handlers = options.handlerExecutor().map(HandlerQueue::new).orElse(null);
    this.transport = new ClientTransport(engine, !ownsEngine, options, this);
    try {
      transport.open();
      checkHandshake();
    } catch (RuntimeException | Error e) {
      transport.leave(Duration.ZERO);
      if (ownsEngine) {
        engine.close();
      }
      throw e;
    }
    if (options.jmx()) {
      management.begin(
          () -> Management.register(this, context.telemetry(), options.host(), options.port()));
    }
  }

  /** Tags that no peer would accept fail now, not at every attempt to connect. */
  private void checkHandshake() {
    if (options.handshake()) {
      handshake(transport.selected()).payload();
    }
  }

  // connecting

  @Override
  public CompletableFuture<Connection<M>> connect() {
    boolean start;
    synchronized (this) {
      start = state == State.IDLE;
      if (start) {
        state = State.CONNECTING;
        between = true;
        sweeping = engine.timers().repeat(this::sweep, Sweeps.periodNanos(options));
      }
    }
    if (start) {
      begin();
    }
    return firstReady.copy();
  }

  /** Starts an attempt; a name is resolved on a thread that may wait. */
  private void begin() {
    if (Addresses.isNumeric(options.host())) {
      attempt();
    } else {
      engine.background(this::attempt);
    }
  }

  private void attempt() {
    InetSocketAddress remote;
    SocketOptions socketOptions;
    SelectedTransport selected;
    ClientConnection<M> mine;
    try {
      remote =
          new InetSocketAddress(
              Addresses.resolve(options.host(), ErrorCode.E_CONNECT_FAILED), options.port());
      socketOptions =
          new SocketOptions(
              Addresses.localOf(options), options.keepAlive(), options.noDelay(), 1, 0, 0);
    } catch (QWormholeException e) {
      if (!endBetweenIfClosing()) {
        context.tell(
            new TelemetryEvent.Failed(context.source(), 0, e.code(), SafeText.of(e.detail())));
        error(null, e);
        next(new CloseReason(Initiator.LOCAL, e.code(), e.detail()));
      }
      return;
    }
    loseIfTimedOut();
    synchronized (this) {
      if (endBetweenIfClosing()) {
        return;
      }
      if (moving) {
        attemptWaits = true;
        return;
      }
      between = false;
      selected = transport.selected();
      attempted = new ClientConnection<>(this, ++ids, handshake(selected), selected.mode());
      mine = attempted;
      timer =
          engine.timers().schedule(() -> connectTimedOut(mine), options.connectTimeout().toNanos());
    }
    connect(mine, selected.transport().connect(remote, socketOptions, mine.behind(tls)));
  }

  /** An attempt is under way, unless it has ended by now or is not wanted any more. */
  private void connect(ClientConnection<M> mine, PendingConnect pending) {
    synchronized (this) {
      if (attempted == mine) {
        connecting = pending;
      }
      if (!mine.session.isGivenUp()) {
        return;
      }
    }
    pending.cancel();
  }

  /** Whether the client has been closed meanwhile; its end then goes on. */
  private synchronized boolean endBetweenIfClosing() {
    if (closing) {
      between = false;
      ended.complete(null);
    }
    return closing;
  }

  private ClientHandshake handshake(SelectedTransport selected) {
    Backend backend = new Backend(selected.provider().id(), selected.provider().isNative());
    ClientConnection<M> lost = suspended ? current : null;
    return new ClientHandshake(
        settings,
        backend,
        NONCES,
        System::currentTimeMillis,
        lost == null ? null : lost.resumption());
  }

  private void connectTimedOut(ClientConnection<M> connection) {
    PendingConnect cancel;
    synchronized (this) {
      if (attempted != connection || current == connection) {
        return;
      }
      cancel = connecting;
      connection.session.giveUp(
          new CloseReason(
              Initiator.LOCAL,
              ErrorCode.E_CONNECT_TIMEOUT,
              "not connected within " + options.connectTimeout().toMillis() + " ms"));
    }
    cancel(cancel);
    connection.abandon();
  }

  /** None when the attempt is only just beginning: whoever begins it looks. */
  private static void cancel(PendingConnect connect) {
    if (connect != null) {
      connect.cancel();
    }
  }

  // the connection's news; loop thread

  /** False when the attempt has been given up meanwhile. */
  boolean connected(ClientConnection<M> connection) {
    synchronized (this) {
      timer.run();
      if (connection.session.isGivenUp()) {
        return false;
      }
      for (ByteBuffer payload : resends) {
        connection.session.outbound().offerAnyway(payload);
      }
      resends = List.of();
      current = connection;
      return true;
    }
  }

  // a session that outlives its link

  /** The link is lost and the session waits for the next one; false when the client closes. */
  boolean suspend(ClientConnection<M> connection, CloseReason why) {
    synchronized (this) {
      if (closing || connection.isClosing()) {
        return false;
      }
      timer.run();
      suspended = true;
      suspendedNanos = engine.timers().nanoTime();
      attempted = null;
      connecting = null;
    }
    next(why);
    return true;
  }

  /** Why the client closes, if it does, or else how a link was lost. */
  synchronized CloseReason wantedOr(CloseReason lost) {
    return closeReason != null ? closeReason : lost;
  }

  /** An attempt's link is ready to carry the session on. On its loop. */
  void resume(ClientConnection<M> greeted, long received) {
    ClientConnection<M> lost = current;
    if (lost == null || !lost.canGoOnOver(greeted, received)) {
      return;
    }
    synchronized (this) {
      timer.run();
      if (!suspended || closing || greeted.session.isGivenUp()) {
        greeted.session.link().abort();
        return;
      }
      suspended = false;
      attempted = lost;
      attempt = 0;
      state = State.READY;
    }
    lost.resumeOver(greeted, received);
  }

  /** Takes the session that waits for a link away from it; null when none does. */
  private synchronized ClientConnection<M> takeSuspended() {
    ClientConnection<M> taken = suspended ? current : null;
    if (suspended) {
      suspended = false;
      current = null;
    }
    return taken;
  }

  /** The server does not keep a session for longer: nobody needs to ask. */
  private void loseIfTimedOut() {
    ClientConnection<M> waits = current;
    boolean over;
    synchronized (this) {
      over =
          suspended
              && engine.timers().nanoTime() - suspendedNanos
                  > TimeUnit.MILLISECONDS.toNanos(waits.timeoutMillis());
    }
    if (over) {
      loseSuspended("the client did not come back within the session's timeout");
    }
  }

  private void loseSuspended(String detail) {
    loseSuspended(new CloseReason(Initiator.LOCAL, ErrorCode.E_SESSION_LOST, detail));
  }

  /** The application is told what became of the session, once, and nothing of it remains. */
  private void loseSuspended(CloseReason why) {
    ClientConnection<M> lost = takeSuspended();
    if (lost != null) {
      lose(lost, why);
    }
  }

  private void lose(ClientConnection<M> lost, CloseReason why) {
    List<ByteBuffer> unknown = lost.lose(why, options.resendOnSessionLoss());
    traffic.ended(lost);
    if (options.resendOnSessionLoss()) {
      synchronized (this) {
        resends = unknown;
      }
    }
  }

  /** The application closes a connection that has no link. */
  void endSuspended(ClientConnection<M> connection, CloseReason why) {
    if (current == connection && takeSuspended() == connection) {
      connection.end(why);
      traffic.ended(connection);
    }
  }

  void lost(ClientConnection<M> connection, SessionLoss<M> loss) {
    listener.onSessionLost(connection, loss);
  }

  private static boolean isOfSession(CloseReason reason) {
    return reason.code() == ErrorCode.E_SESSION_LOST
        || reason.code() == ErrorCode.E_SESSION_UNKNOWN;
  }

  void announce(ClientConnection<M> connection) {
    connection.dispatch(() -> listener.onConnected(connection));
    if (isClosing()) {
      connection.close();
    }
  }

  void ready(ClientConnection<M> connection) {
    synchronized (this) {
      attempt = 0;
      if (!closing) {
        state = State.READY;
      }
    }
    connection.tellAccepted();
    connection.dispatch(() -> listener.onReady(connection));
    firstReady.complete(connection);
  }

  void ended(ClientConnection<M> connection, CloseReason reason) {
    traffic.ended(connection);
    if (isOfSession(reason)) {
      loseSuspended(reason);
    }
    synchronized (this) {
      timer.run();
      current = suspended ? current : null;
      attempted = null;
      connecting = null;
    }
    next(reason);
  }

  /** After an attempt or a connection has ended: again, or never. */
  private void next(CloseReason reason) {
    int number;
    long delayMillis;
    if (!comesBack(reason)) {
      endSession(takeSuspended(), reason);
    }
    synchronized (this) {
      if (!comesBack(reason)) {
        state = State.CLOSED;
        ended.complete(null);
        if (!closing) { // who closes it waits for this end and finishes
          closing = true;
          engine.background(() -> finish(reason, Duration.ofSeconds(2)));
        }
        return;
      }
      state = State.RECONNECTING;
      between = true;
      number = ++attempt;
      reconnects++;
      long bound = options.reconnect().bound(number).toMillis();
      delayMillis = ThreadLocalRandom.current().nextLong(bound + 1);
    }
    Duration delay = Duration.ofMillis(delayMillis);
    context.tell(new TelemetryEvent.Reconnecting(context.source(), number, delay));
    dispatch(() -> listener.onReconnecting(number, delay));
    synchronized (this) {
      if (!endBetweenIfClosing()) {
        between = false;
        timer = engine.timers().schedule(this::retry, delay.toNanos());
      }
    }
  }

  private synchronized boolean comesBack(CloseReason reason) {
    return !closing && !isFatal(reason) && attempt < options.reconnect().attempts();
  }

  private static boolean isFatal(CloseReason reason) {
    return reason.code() != null && !reason.code().isRetryable();
  }

  private void retry() {
    synchronized (this) {
      if (closing) {
        return;
      }
      state = State.CONNECTING;
      between = true;
    }
    begin();
  }

  private void sweep() {
    ClientConnection<M> connection = current;
    if (connection != null) {
      connection.session.check(engine.timers().nanoTime());
    }
  }

  // the transport's news; a thread that may wait

  @Override
  public void onCarriedBy(SelectedTransport selected) {
    context.carriedBy(selected);
  }

  @Override
  public void onProviderFailed(String mode, QWormholeException why) {
    synchronized (this) {
      moving = true;
    }
    Log.warnRepeated("provider failed", why.getMessage());
    Log.debug("what the transport died of", why.getCause());
    context.tell(
        new TelemetryEvent.ProviderFailed(context.source(), mode, why.code(), why.detail()));
    error(null, why);
  }

  @Override
  public void onLoopBlocked(String loop, Duration since, String where) {
    context.tell(new TelemetryEvent.LoopBlocked(context.source(), loop, since, where));
  }

  @Override
  public void onFailedOver(String fromMode, QWormholeException why) {
    context.tell(new TelemetryEvent.FailedOver(context.source(), fromMode, mode(), why.detail()));
    dispatch(() -> listener.onFailover(report()));
    if (moved()) {
      attempt();
    }
  }

  @Override
  public void onTransportLost(QWormholeException why) {
    startClose(Duration.ZERO, new CloseReason(Initiator.NETWORK, why.code(), why.detail()));
    if (moved()) {
      endBetweenIfClosing(); // else what is under way tells its own end
    }
  }

  /** Attempts may be made again; true when one has waited for that. */
  private synchronized boolean moved() {
    boolean waits = attemptWaits;
    moving = false;
    attemptWaits = false;
    return waits;
  }

  // events to the listener

  private void dispatch(Runnable handler) {
    Runnable guarded =
        () -> {
          try {
            handler.run();
          } catch (RuntimeException | Error e) {
            Log.warnRepeated("listener", "a client listener threw " + e);
          }
        };
    if (handlers == null) {
      guarded.run();
    } else {
      handlers.add(guarded, 0);
    }
  }

  @Override
  public void message(Connection<M> connection, M message) {
    listener.onMessage(connection, message);
  }

  @Override
  public void backpressure(Connection<M> connection) {
    listener.onBackpressure(connection);
  }

  @Override
  public void drain(Connection<M> connection) {
    listener.onDrain(connection);
  }

  @Override
  public void closed(Connection<M> connection, CloseReason reason) {
    listener.onClosed(connection, reason);
  }

  @Override
  public void suspended(Connection<M> connection, CloseReason why) {
    listener.onSuspended(connection, why);
  }

  @Override
  public void resumed(Connection<M> connection) {
    listener.onResumed(connection);
  }

  @Override
  public void error(Connection<M> connection, QWormholeException error) {
    lastError = error.code();
    if (connection == null) {
      dispatch(() -> listener.onError(error));
    } else {
      listener.onError(error);
    }
  }

  // sending

  @Override
  public SendResult trySend(M message, int priority) {
    ClientConnection<M> connection = current;
    return connection == null ? absent() : present(connection.trySend(message, priority));
  }

  @Override
  public SendResult send(M message, int priority, Duration timeout) {
    ClientConnection<M> connection = current;
    return connection == null ? absent() : present(connection.send(message, priority, timeout));
  }

  @Override
  public void send(M message) {
    SendResult result = trySend(message, DEFAULT_PRIORITY);
    if (result != SendResult.SENT) {
      throw Refusals.exception(result, options.maxFrameBytes());
    }
  }

  @Override
  public CompletableFuture<Void> sendAsync(M message) {
    ClientConnection<M> connection = current;
    return connection == null
        ? CompletableFuture.failedFuture(Refusals.exception(absent(), options.maxFrameBytes()))
        : connection.sendAsync(message);
  }

  @Override
  public Batch<M> batch() {
    ClientConnection<M> connection = current;
    if (connection == null) {
      throw Refusals.exception(absent(), options.maxFrameBytes());
    }
    return connection.batch();
  }

  private SendResult absent() {
    return isClosing() ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
  }

  /** A connection that is closed is not the end of a client that comes back. */
  private SendResult present(SendResult result) {
    return result == SendResult.CLOSED ? absent() : result;
  }

  // the end

  private synchronized boolean isClosing() {
    return closing;
  }

  @Override
  public void close(Duration grace) {
    startClose(grace, new CloseReason(Initiator.LOCAL, null, "closed by the application"));
    if (!EngineThread.isCurrent() && !HandlerQueue.isHandling()) {
      closed.handle((done, failure) -> null).join(); // bounded: the closing thread has a deadline
    }
  }

  private void startClose(Duration grace, CloseReason reason) {
    ClientConnection<M> connection;
    PendingConnect cancel;
    ClientConnection<M> waits;
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      closeReason = reason;
      waits = takeSuspended(); // here, so that an attempt that ends now does not lose it
      state = State.CLOSED;
      timer.run();
      connection = attempted;
      cancel = connecting;
      if (connection != null && current != connection) { // it is not connected yet
        connection.session.giveUp(reason);
      }
    }
    endSession(waits, reason);
    if (connection == null) {
      endUnlessBetween();
    } else if (connection.session.isGivenUp()) {
      cancel(cancel);
      connection.abandon();
    } else {
      connection.close(reason, grace);
    }
    engine.background(() -> awaitEnd(grace, reason));
  }

  /** A client that closes takes its session with it; one that fails says what is lost. */
  private void endSession(ClientConnection<M> waits, CloseReason reason) {
    if (waits == null) {
      return;
    }
    if (reason.code() != null) {
      lose(waits, reason);
    } else {
      waits.end(reason);
      traffic.ended(waits);
    }
  }

  private synchronized void endUnlessBetween() {
    if (!between) {
      ended.complete(null);
    }
  }

  private void awaitEnd(Duration grace, CloseReason reason) {
    await(ended, grace, "closing a connection that is left");
    finish(reason, grace);
  }

  /** Releases everything; runs once, on a thread that may wait. */
  private void finish(CloseReason reason, Duration grace) {
    sweeping.run();
    transport.leave(grace);
    if (ownsEngine) {
      engine.close();
    }
    management.end();
    context.tell(new TelemetryEvent.Closed(context.source()));
    tellEnd(reason, grace);
    if (reason.isOrderly()) {
      firstReady.completeExceptionally(
          reason.initiator() == Initiator.LOCAL
              ? Refusals.exception(SendResult.CLOSED, 0)
              : new QWormholeException(ErrorCode.E_CONNECTION_LOST, reason.detail()));
      closed.complete(null);
    } else {
      var why = new QWormholeException(reason.code(), reason.detail());
      firstReady.completeExceptionally(why);
      closed.completeExceptionally(why);
    }
  }

  /** The last event, waited for as long as handlers may take to get there. */
  private void tellEnd(CloseReason reason, Duration grace) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    dispatch(
        () -> {
          try {
            listener.onClientClosed(reason);
          } finally {
            told.complete(null);
          }
        });
    await(told, grace, "a handler still runs");
  }

  private static void await(CompletableFuture<Void> event, Duration grace, String otherwise) {
    try {
      event.get(grace.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      Log.debug(otherwise, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public CompletableFuture<Void> closed() {
    return closed.copy();
  }

  // looking

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public Optional<Connection<M>> connection() {
    return Optional.ofNullable(current);
  }

  @Override
  public String mode() {
    return transport.selected().mode();
  }

  @Override
  public ProviderReport report() {
    return transport.selected().report();
  }

  @Override
  public synchronized long reconnects() {
    return reconnects;
  }

  @Override
  public ClientStatistics statistics() {
    ClientConnection<M> connection = current;
    return new ClientStatistics(
        state(),
        reconnects(),
        lastError,
        traffic.with(connection == null ? List.of() : List.of(connection)));
  }

  SessionContext context() {
    return context;
  }

  ClientOptions<M> options() {
    return options;
  }

  HandshakeWorker handshakeWorker() {
    return engine.handshakeWorker();
  }

  HandlerQueue handlers() {
    return handlers;
  }
}
