package qwormhole.api.internal.tls;

import java.io.IOException;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.text.SafeText;

/**
 * What a link ended of, in the core's own words. It has no stack trace: the peer decides how often it
 * is made.
 */
public final class TlsEnd extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient CloseReason reason;

  TlsEnd(Initiator initiator, ErrorCode code, String detail) {
    this(new CloseReason(initiator, code, SafeText.of(detail, SafeText.PEER_CHARS)));
  }

  private TlsEnd(CloseReason reason) {
    super(reason.detail());
    this.reason = reason;
  }

  /** A fault of TLS that this side found. */
  static TlsEnd refused(String detail) {
    return new TlsEnd(Initiator.LOCAL, ErrorCode.E_TLS, detail);
  }

  /** Who ended the link, and why; the detail is escaped and cut. */
  public CloseReason reason() {
    return reason;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
