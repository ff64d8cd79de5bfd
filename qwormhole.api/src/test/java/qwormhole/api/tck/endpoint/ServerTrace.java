package qwormhole.api.tck.endpoint;

import java.net.InetSocketAddress;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.ServerListener;
import qwormhole.api.error.QWormholeException;

/** What a server's listener was told. Tests override the methods without {@code on}. */
class ServerTrace<M> extends Trace<M> implements ServerListener<M> {
  final Inbox<Connection<M>> connections = new Inbox<>("onConnection");

  void connection(Connection<M> connection) {}

  void message(Connection<M> connection, M message) {}

  void backpressure(Connection<M> connection) {}

  void drain(Connection<M> connection) {}

  void suspended(Connection<M> connection) {}

  void resumed(Connection<M> connection) {}

  void closed(Connection<M> connection, CloseReason reason) {}

  void error(Connection<M> connection, QWormholeException error) {}

  /** Answers each message with itself. */
  static <M> ServerTrace<M> echo() {
    return new ServerTrace<>() {
      @Override
      void message(Connection<M> connection, M message) {
        connection.send(message);
      }
    };
  }

  @Override
  public final void onListening(InetSocketAddress address) {
    event("listening", () -> {});
  }

  @Override
  public final void onConnection(Connection<M> connection) {
    first(
        connection,
        "connection",
        () -> {
          connections.add(connection);
          connection(connection);
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
    within(
        connection,
        "backpressure",
        () -> {
          backpressured.add(connection);
          backpressure(connection);
        });
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
  public final void onClosed(Connection<M> connection, CloseReason reason) {
    last(connection, reason, () -> closed(connection, reason));
  }

  @Override
  public final void onError(Connection<M> connection, QWormholeException error) {
    error(connection, error, () -> error(connection, error));
  }

  @Override
  public final void onFailover(ProviderReport report) {
    event("failover", () -> failovers.add(report));
  }

  @Override
  public final void onServerClosed() {
    over("serverClosed");
  }
}
