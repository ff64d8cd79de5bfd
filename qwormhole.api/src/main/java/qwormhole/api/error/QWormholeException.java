package qwormhole.api.error;

import java.util.Objects;

/**
 * A failure with a {@linkplain #code() code} for the program and advice for the person. The message
 * reads {@code CODE: what happened. Advice}.
 */
public final class QWormholeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String detail;

  /** A failure without a technical cause. */
  public QWormholeException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /** A failure with its cause, which may be null. */
  public QWormholeException(ErrorCode code, String detail, Throwable cause) {
    super(Objects.requireNonNull(code, "code") + ": " + detail + ". " + code.advice(), cause);
    this.code = code;
    this.detail = detail;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** What happened, without code and advice. */
  public String detail() {
    return detail;
  }
}
