package qwormhole.api.internal.handshake;

import java.util.Objects;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.text.SafeText;

/**
 * The verdict that a peer's handshake is not accepted. It has no stack trace: the peer decides how
 * often it is made.
 */
public final class HandshakeRejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String reason;
  private final boolean answerable;

  /** One that the peer is not told of. */
  public HandshakeRejection(ErrorCode code, String reason) {
    this(code, reason, false);
  }

  private HandshakeRejection(ErrorCode code, String reason, boolean answerable) {
    super(code + ": " + SafeText.of(reason, SafeText.PEER_CHARS), null, false, false);
    this.code = Objects.requireNonNull(code, "code");
    this.reason = SafeText.of(reason, SafeText.PEER_CHARS);
    this.answerable = answerable;
  }

  /** The same verdict on a peer that is, or is not, to be told. */
  public HandshakeRejection answerable(boolean asked) {
    return asked == answerable ? this : new HandshakeRejection(code, reason, asked);
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** What is wrong and where, escaped and cut: fit for a log and for the peer. */
  public String reason() {
    return reason;
  }

  /**
   * Whether the peer is told with a {@code handshake-reject} (section 4): both sides speak SCP, as
   * far as that could be read. Any other peer sees the connection close.
   */
  public boolean answerable() {
    return answerable;
  }
}
