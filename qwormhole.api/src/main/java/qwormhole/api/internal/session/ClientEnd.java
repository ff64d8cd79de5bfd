package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.Registration;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Releases what a client holds and tells that it has ended, by its listener and its futures. Runs once,
 * on a thread that may wait.
 */
final class ClientEnd<M> {
  /** The first connection that is ready, or why there is none. */
  final CompletableFuture<Connection<M>> firstReady = new CompletableFuture<>();

  /** The end. */
  final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Its entry for management. */
  final Registration management = new Registration();

  private final Engine engine;
  private final boolean ownsEngine;
  private final SessionContext context;
  private final ClientTransport transport;
  private final ClientEvents<M> events;

  ClientEnd(
      Engine engine,
      boolean ownsEngine,
      SessionContext context,
      ClientTransport transport,
      ClientEvents<M> events) {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.context = context;
    this.transport = transport;
    this.events = events;
  }

  /** Gives up what the client stands on. */
  void release(Duration grace) {
    transport.leave(grace);
    if (ownsEngine) {
      engine.close();
    }
  }

  /** After the last connection's end, or when that has been waited for long enough. */
  void finish(CloseReason reason, Duration grace) {
    release(grace);
    management.end();
    context.tell(new TelemetryEvent.Closed(context.source()));
    await(events.clientClosed(reason), grace, "a handler still runs");
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

  /** Waits for as long as handlers may take. */
  void await(CompletableFuture<Void> event, Duration grace, String otherwise) {
    if (!engine.background().await(event, grace.plusSeconds(1))) {
      Log.debug(otherwise);
    }
  }
}
