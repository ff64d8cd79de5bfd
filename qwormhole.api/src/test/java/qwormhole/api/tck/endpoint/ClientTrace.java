package qwormhole.api.tck.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.ClientListener;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.QWormholeException;

/** What a client's listener was told. Tests override the methods without {@code on}. */
class ClientTrace<M> extends Trace<M> implements ClientListener<M> {

  /** An announced retry. */
  record Retry(int attempt, Duration delay) {}

  final Inbox<Connection<M>> connected = new Inbox<>("onConnected");
  final Inbox<Connection<M>> ready = new Inbox<>("onReady");
  final Inbox<Retry> retries = new Inbox<>("onReconnecting");
  final Inbox<SessionLoss<M>> losses = new Inbox<>("onSessionLost");
  final CompletableFuture<CloseReason> end = new CompletableFuture<>();

  void connected(Connection<M> connection) {}

  void ready(Connection<M> connection) {}

  void message(Connection<M> connection, M message) {}

  void drain(Connection<M> connection) {}

  void suspended(Connection<M> connection) {}

  void resumed(Connection<M> connection) {}

  void lost(Connection<M> connection, SessionLoss<M> loss) {}

  void closed(Connection<M> connection, CloseReason reason) {}

  /** Waits for the client's end. */
  final CloseReason end() {
    return Deadline.get("onClientClosed", end);
  }

  @Override
  public final void onConnected(Connection<M> connection) {
    first(
        connection,
        "connected",
        () -> {
          connected.add(connection);
          connected(connection);
        });
  }

  @Override
  public final void onReady(Connection<M> connection) {
    within(
        connection,
        "ready",
        () -> {
          ready.add(connection);
          ready(connection);
        });
  }

  @Override
  public final void onMessage(Connection<M> connection, M message) {
    within(
        connection,
        "message",
        () -> {
          messages.add(message);
          message(connection, message);
        });
  }

  @Override
  public final void onBackpressure(Connection<M> connection) {
    within(connection, "backpressure", () -> backpressured.add(connection));
  }

  @Override
  public final void onDrain(Connection<M> connection) {
    within(
        connection,
        "drain",
        () -> {
          drained.add(connection);
          drain(connection);
        });
  }

  @Override
  public final void onSuspended(Connection<M> connection, CloseReason why) {
    within(
        connection,
        "suspended",
        () -> {
          suspended.add(new Ended<>(connection, why));
          suspended(connection);
        });
  }

  @Override
  public final void onResumed(Connection<M> connection) {
    within(
        connection,
        "resumed",
        () -> {
          resumed.add(connection);
          resumed(connection);
        });
  }

  @Override
  public final void onSessionLost(Connection<M> connection, SessionLoss<M> loss) {
    within(
        connection,
        "sessionLost",
        () -> {
          losses.add(loss);
          lost(connection, loss);
        });
  }

  @Override
  public final void onClosed(Connection<M> connection, CloseReason reason) {
    last(connection, reason, () -> closed(connection, reason));
  }

  @Override
  public final void onReconnecting(int attempt, Duration delay) {
    event("reconnecting", () -> retries.add(new Retry(attempt, delay)));
  }

  @Override
  public final void onError(QWormholeException error) {
    error(null, error, () -> {});
  }

  @Override
  public final void onFailover(ProviderReport report) {
    event("failover", () -> failovers.add(report));
  }

  @Override
  public final void onClientClosed(CloseReason reason) {
    over("clientClosed");
    end.complete(reason);
  }
}
