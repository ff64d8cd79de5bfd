package qwormhole.api;

import java.util.List;
import java.util.Objects;
import qwormhole.api.error.ErrorCode;

/**
 * What a lost session leaves: the peer may have handled these messages, or not.
 *
 * @param code {@code E_SESSION_UNKNOWN}, {@code E_SESSION_LOST}, or why the client gave up
 * @param detail one sentence; text from the peer is escaped and cut
 * @param unknown every accepted message that the peer has not acknowledged, in the order of sending
 * @param resent whether they are sent again in the next session, by {@code resendOnSessionLoss}
 * @param <M> the message type
 */
public record SessionLoss<M>(ErrorCode code, String detail, List<M> unknown, boolean resent) {
  public SessionLoss {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
    unknown = List.copyOf(unknown);
  }
}
