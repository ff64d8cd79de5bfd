package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.ClientListener;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.Log;

/**
 * Tells a client's listener. What is of a connection is called where that connection's handlers run;
 * all else may be called by any thread, without a monitor, and is brought there from here.
 */
final class ClientEvents<M> implements Events<M> {
  private final ClientListener<M> listener;
  private final HandlerQueue handlers; // null without an executor
  private volatile ErrorCode lastError;

  ClientEvents(ClientListener<M> listener, HandlerQueue handlers) {
    this.listener = listener;
    this.handlers = handlers;
  }

  // of the client

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

  void error(QWormholeException error) {
    lastError = error.code();
    dispatch(() -> listener.onError(error));
  }

  void reconnecting(int number, Duration delay) {
    dispatch(() -> listener.onReconnecting(number, delay));
  }

  void failedOver(ProviderReport report) {
    dispatch(() -> listener.onFailover(report));
  }

  /** The last event; the future completes when its handler has returned. */
  CompletableFuture<Void> clientClosed(CloseReason reason) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    dispatch(
        () -> {
          try {
            listener.onClientClosed(reason);
          } finally {
            told.complete(null);
          }
        });
    return told;
  }

  // of a connection

  void connected(Connection<M> connection) {
    listener.onConnected(connection);
  }

  void ready(Connection<M> connection) {
    listener.onReady(connection);
  }

  void lost(Connection<M> connection, SessionLoss<M> loss) {
    listener.onSessionLost(connection, loss);
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
    listener.onError(error);
  }

  // looking

  HandlerQueue handlers() {
    return handlers;
  }

  /** The code of the last error; null when there was none. */
  ErrorCode lastError() {
    return lastError;
  }
}
