package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.ServerStatistics;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.handshake.Backend;
import qwormhole.api.internal.handshake.HandshakeSettings;
import qwormhole.api.internal.handshake.PeerHandshake;
import qwormhole.api.internal.handshake.ServerHandshake;
import qwormhole.api.internal.handshake.SessionGrant;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.Management;
import qwormhole.api.internal.observe.Registration;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.internal.tls.TlsEngines;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.telemetry.TelemetryEvent;

/** A server: accepts links, keeps its connections, and ends them. */
public final class ServerEndpoint<M> implements QWormholeServer<M>, Events<M>, TransportEvents {
  private final Engine engine;
  private final boolean ownsEngine;
  private final ServerOptions<M> options;
  private final ServerListener<M> listener;
  private final SessionContext context;
  private final ConcurrentHashMap<Long, ServerConnection<M>> connections =
      new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /** Places taken; one is taken a moment before its connection is accepted. */
  private final AtomicInteger places = new AtomicInteger();

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong acceptedCount = new AtomicLong();
  private final AtomicLong rejectedCount = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final ServerHandshake handshake;
  private final ServerSessions<M> sessions;
  private final SignatureWorker.Queue signatures;
  private final TlsEngines tls; // null without TLS
  private final ServerTransport transport;
  private final Runnable sweeping;
  private final Traffic traffic = new Traffic();
  private final Registration management = new Registration();
  private volatile ErrorCode lastError;

  private ServerEndpoint(
      Engine engine, boolean ownsEngine, ServerOptions<M> options, ServerListener<M> listener) {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.options = options;
    this.listener = listener;
    this.context = engine.context(options);
    this.handshake =
        new ServerHandshake(
            HandshakeSettings.of(options), new SecureRandom(), System::currentTimeMillis);
    this.sessions = new ServerSessions<>(options, engine.timers());
    this.signatures = engine.signatureQueue();
    this.tls = TlsEngines.of(options, engine.tlsHost());
    this.transport =
        new ServerTransport(engine, options, Addresses.toBind(options), this::acceptLink, this);
    transport.open();
    this.sweeping = engine.timers().repeat(this::sweep, Sweeps.periodNanos(options));
  }

  /**
   * Opens a server: bound and accepting when this returns.
   *
   * @param ownsEngine whether the engine closes with the server
   */
  public static <M> ServerEndpoint<M> listen(
      Engine engine, boolean ownsEngine, ServerOptions<M> options, ServerListener<M> listener) {
    ServerEndpoint<M> server;
    try {
      server = new ServerEndpoint<>(engine, ownsEngine, options, listener);
    } catch (RuntimeException | Error e) {
      if (ownsEngine) {
        engine.close();
      }
      throw e;
    }
    SessionContext context = server.context;
    context.tell(new TelemetryEvent.Listening(context.source(), server.address()));
    if (options.jmx()) {
      server.management.begin(() -> Management.register(server, context.telemetry()));
    }
    server.guarded(() -> listener.onListening(server.address()));
    return server;
  }

  // connections coming and going; loop threads

  private LinkHandler acceptLink(InetSocketAddress remote) {
    boolean wanted =
        !closing.get()
            && pending.get() < options.maxPending()
            && (options.handshake() || !isFull())
            && options.connectionFilter().map(filter -> filter.test(remote)).orElse(true);
    if (!wanted) {
      rejectedCount.incrementAndGet();
      return null;
    }
    long id = ids.incrementAndGet();
    pending.incrementAndGet();
    ServerConnection<M> connection = new ServerConnection<>(this, id);
    LinkHandler handler = connection.behind(tls);
    connections.put(id, connection);
    return handler;
  }

  HandlerQueue newHandlerQueue() {
    return options.handlerExecutor().map(HandlerQueue::new).orElse(null);
  }

  boolean isClosing() {
    return closing.get();
  }

  boolean isFull() {
    return places.get() >= options.maxClients();
  }

  /** Counts a connection in that is about to be accepted; false when the server is full by now. */
  boolean takePlace() {
    int max = options.maxClients();
    return places.getAndUpdate(count -> count < max ? count + 1 : count) < max;
  }

  /** Counts a connection that can be seen by now. */
  void count() {
    pending.decrementAndGet();
    open.incrementAndGet();
    acceptedCount.incrementAndGet();
  }

  void accepted(ServerConnection<M> connection) {
    connection.tellAccepted();
    connection.dispatch(() -> listener.onConnection(connection));
    if (closing.get()) {
      drain(connection, Duration.ZERO);
    }
  }

  /** A link carries on the session of another connection: this one is no connection of its own. */
  void handedOver(ServerConnection<M> connection) {
    connections.remove(connection.id());
    pending.decrementAndGet();
  }

  void rejected(ServerConnection<M> connection, QWormholeException why) {
    rejectedCount.incrementAndGet();
    lastError = why.code();
    context.tell(
        new TelemetryEvent.HandshakeRejected(
            connection.session.source(), connection.id(), why.code(), SafeText.of(why.detail())));
    connection.dispatch(() -> error(null, why));
  }

  void ended(ServerConnection<M> connection, boolean wasAccepted, CloseReason reason) {
    traffic.ended(connection);
    if (wasAccepted) {
      open.decrementAndGet();
      places.decrementAndGet();
      if (connection.isAnnounced()) {
        connection.tellClosed(reason);
      }
    } else {
      pending.decrementAndGet();
    }
    connection.dispatch(() -> forget(connection));
  }

  private void forget(ServerConnection<M> connection) {
    connections.remove(connection.id());
    if (closing.get() && connections.isEmpty()) {
      allEnded.complete(null);
    }
  }

  private void sweep() {
    long now = engine.timers().nanoTime();
    connections.values().forEach(connection -> connection.session.check(now));
    sessions.sweep();
  }

  // events to the listener

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
    listener.onError(connection, error);
  }

  private void guarded(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("listener", "a server listener threw " + e);
    }
  }

  // the end

  @Override
  public void onCarriedBy(SelectedTransport selected) {
    context.carriedBy(selected);
  }

  @Override
  public void onProviderFailed(String mode, QWormholeException why) {
    Log.warnRepeated("provider failed", why.getMessage());
    Log.debug("what the transport died of", why.getCause());
    context.tell(
        new TelemetryEvent.ProviderFailed(context.source(), mode, why.code(), why.detail()));
    guarded(() -> error(null, why));
  }

  @Override
  public void onLoopBlocked(String loop, Duration since, String where) {
    context.tell(new TelemetryEvent.LoopBlocked(context.source(), loop, since, where));
  }

  @Override
  public void onFailedOver(String fromMode, QWormholeException why) {
    context.tell(new TelemetryEvent.FailedOver(context.source(), fromMode, mode(), why.detail()));
    context.tell(new TelemetryEvent.Listening(context.source(), address()));
    guarded(() -> listener.onFailover(report()));
  }

  @Override
  public void onTransportLost(QWormholeException why) {
    startClose(Duration.ZERO, why);
  }

  @Override
  public void close(Duration grace) {
    startClose(grace, null);
    if (!EngineThread.isCurrent() && !HandlerQueue.isHandling()) {
      closed.handle((done, failure) -> null).join(); // bounded: the closing thread has a deadline
    }
  }

  private void startClose(Duration grace, QWormholeException why) {
    if (closing.compareAndSet(false, true)) {
      engine.background(() -> closeNow(grace, why));
    }
  }

  private void closeNow(Duration grace, QWormholeException why) {
    transport.stop();
    connections.values().forEach(connection -> drain(connection, grace));
    if (connections.isEmpty()) {
      allEnded.complete(null);
    }
    if (!engine.background().await(allEnded, grace.plusSeconds(1))) {
      Log.debug("closing " + connections.size() + " connections that are left");
    }
    sweeping.run();
    transport.leave(grace);
    if (ownsEngine) {
      engine.close();
    }
    management.end();
    context.tell(new TelemetryEvent.Closed(context.source()));
    guarded(listener::onServerClosed);
    if (why == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(why);
    }
  }

  private void drain(ServerConnection<M> connection, Duration grace) {
    if (connection.session.link() != null) {
      connection.drain(new CloseReason(Initiator.LOCAL, null, "the server closes"), grace);
    } else {
      connection.abandonTls();
    }
  }

  @Override
  public CompletableFuture<Void> closed() {
    return closed.copy();
  }

  // looking and sending

  @Override
  public BroadcastResult broadcast(M message) {
    var payload = PeerConnection.encode(options.codec(), message);
    int sent = 0;
    int refused = 0;
    for (ServerConnection<M> connection : connections.values()) {
      if (connection.isAccepted()) {
        SendResult result = connection.session.outbound().offer(payload, 0, null);
        sent += result == SendResult.SENT ? 1 : 0;
        refused += result == SendResult.SENT ? 0 : 1;
      }
    }
    return new BroadcastResult(sent, refused);
  }

  @Override
  public InetSocketAddress address() {
    return transport.address();
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
  public Collection<Connection<M>> connections() {
    return List.copyOf(connections.values().stream().filter(ServerConnection::isAccepted).toList());
  }

  @Override
  public Optional<Connection<M>> connection(long id) {
    return Optional.<Connection<M>>ofNullable(connections.get(id))
        .filter(connection -> ((ServerConnection<M>) connection).isAccepted());
  }

  @Override
  public int connectionCount() {
    return open.get();
  }

  @Override
  public ServerStatistics statistics() {
    return new ServerStatistics(
        open.get(),
        pending.get(),
        acceptedCount.get(),
        rejectedCount.get(),
        lastError,
        traffic.with(connections.values()));
  }

  SessionContext context() {
    return context;
  }

  ServerOptions<M> options() {
    return options;
  }

  ServerHandshake handshake() {
    return handshake;
  }

  SignatureWorker.Queue signatures() {
    return signatures;
  }

  ServerSessions<M> sessions() {
    return sessions;
  }

  /** Answers a client, naming the transport that carries this server now. Any thread. */
  ServerHandshake.Answer answer(PeerHandshake client, SessionGrant grant) {
    var selected = transport.selected();
    return handshake.answer(client, new Backend(selected.id(), selected.isNative()), grant);
  }
}
