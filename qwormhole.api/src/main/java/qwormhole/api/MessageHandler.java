package qwormhole.api;

/**
 * Takes messages. Called on the connection's loop thread, or on the handler executor where one is
 * set; one at a time and in order within a connection. What it throws goes to {@code onError} with
 * E_HANDLER_FAILED, and the connection lives on.
 *
 * @param <M> the message type
 */
@FunctionalInterface
public interface MessageHandler<M> {

  /** A message arrived. */
  void onMessage(Connection<M> connection, M message);
}
