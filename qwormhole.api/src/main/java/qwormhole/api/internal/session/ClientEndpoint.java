package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.Management;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * A client as the application and its transport see it: sends over the present connection, and hands
 * all else to the {@link Reconnector}. Has no state of its own. Any thread.
 */
public final class ClientEndpoint<M> implements QWormholeClient<M>, TransportEvents {
  private final ClientOptions<M> options;
  private final SessionContext context;
  private final ClientTransport transport;
  private final ClientEvents<M> events;
  private final ClientEnd<M> end;
  private final Reconnector<M> reconnector;
  private final PresentConnection<M> present;

  /**
   * A client that has not begun to connect.
   *
   * @param ownsEngine whether the engine closes with the client
   */
  public ClientEndpoint(
      Engine engine, boolean ownsEngine, ClientOptions<M> options, ClientListener<M> listener) {
    this.options = options;
    this.context = engine.context(options);
    this.transport = new ClientTransport(engine, !ownsEngine, options, this);
    this.events =
        new ClientEvents<>(listener, options.handlerExecutor().map(HandlerQueue::new).orElse(null));
    this.end = new ClientEnd<>(engine, ownsEngine, context, transport, events);
    this.reconnector = new Reconnector<>(engine, options, context, transport, events, end);
    this.present = reconnector.present();
    try {
      transport.open();
      reconnector.checkHandshake();
    } catch (RuntimeException | Error e) {
      end.release(Duration.ZERO);
      throw e;
    }
    if (options.jmx()) {
      end.management.begin(
          () -> Management.register(this, context.telemetry(), options.host(), options.port()));
    }
  }

  @Override
  public CompletableFuture<Connection<M>> connect() {
    reconnector.connect();
    return end.firstReady.copy();
  }

  // sending

  @Override
  public SendResult trySend(M message, int priority) {
    ClientConnection<M> connection = present.get();
    return connection == null ? absent() : present(connection.trySend(message, priority));
  }

  @Override
  public SendResult send(M message, int priority, Duration timeout) {
    ClientConnection<M> connection = present.get();
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
    ClientConnection<M> connection = present.get();
    return connection == null
        ? CompletableFuture.failedFuture(Refusals.exception(absent(), options.maxFrameBytes()))
        : connection.sendAsync(message);
  }

  @Override
  public Batch<M> batch() {
    ClientConnection<M> connection = present.get();
    if (connection == null) {
      throw Refusals.exception(absent(), options.maxFrameBytes());
    }
    return connection.batch();
  }

  private SendResult absent() {
    return reconnector.isClosing() ? SendResult.CLOSED : SendResult.NOT_CONNECTED;
  }

  /** A connection that is closed is not the end of a client that comes back. */
  private SendResult present(SendResult result) {
    return result == SendResult.CLOSED ? absent() : result;
  }

  // the transport's news; a thread that may wait

  @Override
  public void onCarriedBy(SelectedTransport selected) {
    context.carriedBy(selected);
  }

  @Override
  public void onProviderFailed(String mode, QWormholeException why) {
    reconnector.holdAttempts();
    Log.warnRepeated("provider failed", why.getMessage());
    Log.debug("what the transport died of", why.getCause());
    context.tell(
        new TelemetryEvent.ProviderFailed(context.source(), mode, why.code(), why.detail()));
    events.error(why);
  }

  @Override
  public void onLoopBlocked(String loop, Duration since, String where) {
    context.tell(new TelemetryEvent.LoopBlocked(context.source(), loop, since, where));
  }

  @Override
  public void onFailedOver(String fromMode, QWormholeException why) {
    context.tell(new TelemetryEvent.FailedOver(context.source(), fromMode, mode(), why.detail()));
    events.failedOver(report());
    reconnector.goOn();
  }

  @Override
  public void onTransportLost(QWormholeException why) {
    reconnector.giveUp(new CloseReason(Initiator.NETWORK, why.code(), why.detail()));
  }

  // the end

  @Override
  public void close(Duration grace) {
    reconnector.close(grace, new CloseReason(Initiator.LOCAL, null, "closed by the application"));
    if (!EngineThread.isCurrent() && !HandlerQueue.isHandling()) {
      // Bounded: the closing thread has a deadline.
      end.closed.handle((done, failure) -> null).join();
    }
  }

  @Override
  public CompletableFuture<Void> closed() {
    return end.closed.copy();
  }

  // looking

  @Override
  public State state() {
    return reconnector.state();
  }

  @Override
  public Optional<Connection<M>> connection() {
    return Optional.ofNullable(present.get());
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
  public long reconnects() {
    return reconnector.reconnects();
  }

  @Override
  public ClientStatistics statistics() {
    return new ClientStatistics(state(), reconnects(), events.lastError(), present.traffic());
  }
}
