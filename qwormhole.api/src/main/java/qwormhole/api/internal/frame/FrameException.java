package qwormhole.api.internal.frame;

import qwormhole.api.error.ErrorCode;

/** The stream is not what it should be; the connection ends and is never resynchronised. */
public final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public FrameException(ErrorCode code, String reason) {
    super(reason);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
