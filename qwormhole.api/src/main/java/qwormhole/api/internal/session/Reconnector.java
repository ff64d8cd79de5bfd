package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.QWormholeClient.State;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.Backend;
import qwormhole.api.internal.handshake.ClientHandshake;
import qwormhole.api.internal.handshake.HandshakeSettings;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEngines;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport.PendingConnect;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Keeps a client connected: one attempt or connection at a time, and when it ends the next, as the
 * reconnect policy says, until the client closes. The state changes under the object's monitor; nobody
 * is told anything with it held.
 */
final class Reconnector<M> {
  private static final SecureRandom NONCES = new SecureRandom();

  private final Engine engine;
  private final ClientOptions<M> options;
  private final SessionContext context;
  private final HandshakeSettings settings;
  private final SignatureWorker.Queue signatures;
  private final TlsEngines tls; // null without TLS
  private final ClientTransport transport;
  private final ClientEvents<M> events;
  private final ClientEnd<M> end;
  private final PresentConnection<M> present;

  /** All attempts and connections have ended, and none comes. */
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

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

  Reconnector(
      Engine engine,
      ClientOptions<M> options,
      SessionContext context,
      ClientTransport transport,
      ClientEvents<M> events,
      ClientEnd<M> end) {
    this.engine = engine;
    this.options = options;
    this.context = context;
    this.settings = HandshakeSettings.of(options);
    this.signatures = engine.signatureQueue();
    this.tls = TlsEngines.of(options, engine.tlsHost());
    this.transport = transport;
    this.events = events;
    this.end = end;
    this.present = new PresentConnection<>(options, engine.timers());
  }

  /** Tags that no peer would accept fail now, not at every attempt to connect. */
  void checkHandshake() {
    if (options.handshake()) {
      handshake(transport.selected()).payload();
    }
  }

  // connecting

  /** Begins with the first attempt; later calls do nothing. */
  void connect() {
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
    Station station;
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
        events.error(e);
        next(new CloseReason(Initiator.LOCAL, e.code(), e.detail()), false);
      }
      return;
    }
    present.loseIfTimedOut();
    synchronized (this) {
      if (endBetweenIfClosing()) {
        return;
      }
      if (moving) {
        attemptWaits = true;
        return;
      }
      between = false;
      station = transport.present();
      SelectedTransport selected = station.selected();
      attempted = new ClientConnection<>(this, ++ids, handshake(selected), selected.mode());
      mine = attempted;
      timer =
          engine.timers().schedule(() -> connectTimedOut(mine), options.connectTimeout().toNanos());
    }
    LinkHandler handler = mine.behind(tls);
    try {
      connect(mine, transport.connect(station, remote, socketOptions, handler));
    } catch (RuntimeException | Error unfit) {
      boolean again = withdraw(mine, station);
      station.unfit(unfit);
      if (again) {
        attempt();
      }
    }
  }

  /**
   * The transport's provider cannot connect: the attempt ends untold and waits for another transport.
   * True when that is there already.
   */
  private boolean withdraw(ClientConnection<M> mine, Station station) {
    mine.abandonTls();
    synchronized (this) {
      if (attempted != mine) {
        return false; // the provider has told its end before it threw
      }
      timer.run();
      mine.session.giveUp(
          new CloseReason(
              Initiator.LOCAL, ErrorCode.E_PROVIDER_FAILED, "the transport cannot connect"));
      attempted = null;
      connecting = null;
      between = true;
      if (endBetweenIfClosing()) {
        return false;
      }
      boolean moved = transport.present() != station;
      if (!moved) {
        moving = true;
        attemptWaits = true;
      }
      return moved;
    }
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
    Backend backend = new Backend(selected.id(), selected.isNative());
    ClientConnection<M> lost = present.suspended();
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
      if (attempted != connection || present.get() == connection) {
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

  /** From here on the handshake has a deadline of its own. */
  synchronized void linkOpened(ClientConnection<M> connection) {
    if (attempted == connection) {
      timer.run();
    }
  }

  /** False when the attempt has been given up meanwhile. */
  boolean connected(ClientConnection<M> connection) {
    synchronized (this) {
      timer.run();
      if (connection.session.isGivenUp()) {
        return false;
      }
      present.begin(connection);
      return true;
    }
  }

  /** The link is lost and the session waits for the next one; false when the client closes. */
  boolean suspend(ClientConnection<M> connection, CloseReason why) {
    synchronized (this) {
      if (closing || connection.isClosing()) {
        return false;
      }
      timer.run();
      present.suspend();
      attempted = null;
      connecting = null;
    }
    // Nothing that befalls a link that was open is for an operator to mend.
    next(new CloseReason(why.initiator(), ErrorCode.E_CONNECTION_LOST, why.detail()), false);
    return true;
  }

  /** The link has ended and the session with it: the next one begins another. */
  void sessionLost(ClientConnection<M> connection, CloseReason why) {
    present.losePresent(connection, why);
    synchronized (this) {
      timer.run();
      attempted = null;
      connecting = null;
    }
    next(why, false);
  }

  /** Why the client closes, if it does, or else how a link was lost. */
  synchronized CloseReason wantedOr(CloseReason lost) {
    return closeReason != null ? closeReason : lost;
  }

  /** An attempt's link is ready to carry the session on. On its loop. */
  void resume(ClientConnection<M> greeted, long received) {
    ClientConnection<M> lost = present.get();
    if (lost == null) {
      greeted.leaveSession();
      return;
    }
    if (!lost.canGoOnOver(greeted, received)) {
      return;
    }
    synchronized (this) {
      timer.run();
      if (closing || greeted.session.isGivenUp() || !present.resume()) {
        greeted.session.link().abort();
        return;
      }
      attempted = lost;
      attempt = 0;
      state = State.READY;
    }
    lost.resumeOver(greeted, received);
  }

  /** The application closes a connection that has no link. */
  void endSuspended(ClientConnection<M> connection, CloseReason why) {
    present.endSuspended(connection, why);
  }

  private static boolean isOfSession(CloseReason reason) {
    return reason.code() == ErrorCode.E_SESSION_LOST
        || reason.code() == ErrorCode.E_SESSION_UNKNOWN;
  }

  void announce(ClientConnection<M> connection) {
    connection.dispatch(() -> events.connected(connection));
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
    connection.dispatch(() -> events.ready(connection));
    end.firstReady.complete(connection);
  }

  void ended(ClientConnection<M> connection, CloseReason reason) {
    synchronized (this) {
      if (connection.session.isGivenUp() && attempted != connection) {
        return; // it was withdrawn
      }
    }
    present.count(connection);
    boolean sessionLost = isOfSession(reason) && present.loseSuspended(reason);
    synchronized (this) {
      timer.run();
      present.linkEnded();
      attempted = null;
      connecting = null;
    }
    next(reason, sessionLost);
  }

  /**
   * After an attempt or a connection has ended: again, or never.
   *
   * @param atOnce whether there is nothing to wait for: the server is there and knows no session
   */
  private void next(CloseReason reason, boolean atOnce) {
    int number;
    long delayMillis;
    if (!comesBack(reason)) {
      present.end(present.takeSuspended(), reason);
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
      delayMillis = atOnce ? 0 : ThreadLocalRandom.current().nextLong(bound + 1);
    }
    Duration delay = Duration.ofMillis(delayMillis);
    context.tell(new TelemetryEvent.Reconnecting(context.source(), number, delay));
    events.reconnecting(number, delay);
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
    return reason.code() != null
        && !reason.code().isRetryable()
        && !LinkEnds.isProbablyRefused(reason);
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
    ClientConnection<M> connection = present.get();
    if (connection != null) {
      connection.session.check(engine.timers().nanoTime());
    }
  }

  // the transport's news; a thread that may wait

  /** The transport has died: attempts wait for another one. */
  synchronized void holdAttempts() {
    moving = true;
  }

  /** There is another one: an attempt that waits is made. */
  void goOn() {
    if (moved()) {
      attempt();
    }
  }

  /** There is none: what is under way tells its own end, an attempt that waits has none. */
  void giveUp(CloseReason why) {
    close(Duration.ZERO, why);
    if (moved()) {
      endBetweenIfClosing();
    }
  }

  /** Attempts may be made again; true when one has waited for that. */
  private synchronized boolean moved() {
    boolean waits = attemptWaits;
    moving = false;
    attemptWaits = false;
    return waits;
  }

  // the end

  synchronized boolean isClosing() {
    return closing;
  }

  /** Ends what there is; returns before it has ended. */
  void close(Duration grace, CloseReason reason) {
    ClientConnection<M> connection;
    PendingConnect cancel;
    ClientConnection<M> waits;
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      closeReason = reason;
      waits = present.takeSuspended(); // here, so that an attempt that ends now does not lose it
      state = State.CLOSED;
      timer.run();
      connection = attempted;
      cancel = connecting;
      if (connection != null && present.get() != connection) { // it is not connected yet
        connection.session.giveUp(reason);
      }
    }
    present.end(waits, reason);
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

  private synchronized void endUnlessBetween() {
    if (!between) {
      ended.complete(null);
    }
  }

  private void awaitEnd(Duration grace, CloseReason reason) {
    end.await(ended, grace, "closing a connection that is left");
    finish(reason, grace);
  }

  private void finish(CloseReason reason, Duration grace) {
    sweeping.run();
    end.finish(reason, grace);
  }

  // looking

  synchronized State state() {
    return state;
  }

  synchronized long reconnects() {
    return reconnects;
  }

  /** The connection that the client has, or none. */
  PresentConnection<M> present() {
    return present;
  }

  ClientEvents<M> events() {
    return events;
  }

  SessionContext context() {
    return context;
  }

  ClientOptions<M> options() {
    return options;
  }

  SignatureWorker.Queue signatures() {
    return signatures;
  }
}
