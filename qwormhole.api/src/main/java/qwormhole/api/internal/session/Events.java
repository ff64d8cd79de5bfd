package qwormhole.api.internal.session;

import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.error.QWormholeException;

/** What a connection tells its endpoint's listener, whichever side. Handlers may throw. */
interface Events<M> {
  void message(Connection<M> connection, M message);

  void backpressure(Connection<M> connection);

  void drain(Connection<M> connection);

  void closed(Connection<M> connection, CloseReason reason);

  void suspended(Connection<M> connection, CloseReason why);

  void resumed(Connection<M> connection);

  void error(Connection<M> connection, QWormholeException error);
}
