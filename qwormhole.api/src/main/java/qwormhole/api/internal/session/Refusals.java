package qwormhole.api.internal.session;

import qwormhole.api.SendResult;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Send results as exceptions, for the forms that throw or fail a future. */
final class Refusals {
  private Refusals() {}

  static QWormholeException exception(SendResult result, int maxFrameBytes) {
    return switch (result) {
      case BACK_PRESSURED ->
          new QWormholeException(ErrorCode.E_BACKPRESSURE, "the outbound buffer is full");
      case NOT_CONNECTED ->
          new QWormholeException(ErrorCode.E_NOT_CONNECTED, "there is no connection now");
      case CLOSED -> new QWormholeException(ErrorCode.E_CLOSED, "the connection has been closed");
      case TOO_LARGE ->
          new QWormholeException(
              ErrorCode.E_FRAME_TOO_LARGE, "the payload is over " + maxFrameBytes + " bytes");
      case SENT -> throw new IllegalArgumentException("not a refusal");
    };
  }
}
