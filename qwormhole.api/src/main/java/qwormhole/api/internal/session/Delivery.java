package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Calls the application's handlers for one connection, one at a time: on the link's loop, or in order
 * on an executor. Decodes messages there, has them acknowledged, and reports what handlers throw.
 */
final class Delivery<M> {
  private final PeerConnection<M> connection;
  private final Codec<M> codec;
  private final Events<M> events;
  private final HandlerQueue handlers; // null without an executor
  private Acknowledger acknowledger; // null unless agreed on; set before messages come

  Delivery(PeerConnection<M> connection, Codec<M> codec, Events<M> events, HandlerQueue handlers) {
    this.connection = connection;
    this.codec = codec;
    this.events = events;
    this.handlers = handlers;
  }

  /** The session does not read while handlers are too far behind. */
  void pauseWhenBehind() {
    if (handlers != null) {
      handlers.onTooMuch(this::pause);
    }
  }

  private void pause(boolean tooMuch) {
    LinkSession session = connection.session;
    if (tooMuch) {
      session.pause(Pauses.HANDLERS);
    } else {
      session.resume(Pauses.HANDLERS);
    }
  }

  /** From now on the peer is told what has been handled; before messages come. */
  void acknowledgeBy(Acknowledger wanted) {
    acknowledger = wanted;
  }

  /** Tells the peer so again, over a new link. */
  void acknowledgeAgain() {
    acknowledger.tellAgain();
  }

  /**
   * Goes on when what was delivered has been handled and acknowledged: a peer that is left has no
   * other way to know. Without acknowledgements at once.
   */
  void afterHandlers(Runnable then) {
    if (acknowledger == null) {
      then.run();
    } else if (handlers == null) {
      acknowledger.tellAgain();
      then.run();
    } else {
      handlers.add(
          () -> {
            acknowledger.tellAgain();
            connection.session.link().execute(then);
          },
          0);
    }
  }

  // messages; the loop

  void message(ByteBuffer payload) {
    if (handlers == null) {
      deliver(payload);
      return;
    }
    int size = payload.remaining();
    ByteBuffer copy = ByteBuffer.allocate(size).put(payload).flip();
    handlers.add(() -> deliver(copy.asReadOnlyBuffer()), size);
  }

  private void deliver(ByteBuffer payload) {
    Acknowledger wanted = acknowledger;
    if (wanted == null) {
      handle(payload);
      return;
    }
    int size = payload.remaining();
    handle(payload);
    wanted.handled(size);
  }

  private void handle(ByteBuffer payload) {
    M message;
    try {
      message = codec.decode(payload);
    } catch (RuntimeException | Error e) {
      error(new QWormholeException(ErrorCode.E_CODEC, "a message could not be decoded", e));
      return;
    }
    try {
      events.message(connection, message);
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  /** A message that is not delivered. */
  void invalidMessage(String problem) {
    dispatch(
        () -> {
          error(new QWormholeException(ErrorCode.E_INVALID_SCP, problem));
          if (acknowledger != null) {
            acknowledger.handled(0); // it has its number, and is done with
          }
        });
  }

  // all else; any thread

  /** Runs a handler where handlers run; what it throws is reported. */
  void dispatch(Runnable handler) {
    if (handlers == null) {
      guarded(handler);
    } else {
      handlers.add(() -> guarded(handler), 0);
    }
  }

  private void guarded(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException | Error e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable cause) {
    error(
        new QWormholeException(
            ErrorCode.E_HANDLER_FAILED, "a handler threw " + cause.getClass().getName(), cause));
  }

  /** Reports an error; what the error handler throws is logged. Where handlers run. */
  void error(QWormholeException error) {
    LinkSession session = connection.session;
    session
        .context()
        .tell(
            new TelemetryEvent.Failed(
                session.source(), connection.id(), error.code(), SafeText.of(error.detail())));
    Log.debug(error.detail(), error);
    try {
      events.error(connection, error);
    } catch (RuntimeException | Error e) {
      Log.warnRepeated("onError", "onError threw " + e);
    }
  }
}
