package qwormhole.api;

import java.util.Objects;
import qwormhole.api.error.ErrorCode;

/**
 * Why a connection ended.
 *
 * @param initiator who ended it
 * @param code what went wrong, or null after an orderly end
 * @param detail one sentence; text from the peer is escaped and cut
 */
public record CloseReason(Initiator initiator, ErrorCode code, String detail) {

  /** Who ended a connection. */
  public enum Initiator {
    /** This side. */
    LOCAL,
    /** The peer. */
    PEER,
    /** Neither: the network or the transport failed. */
    NETWORK
  }

  public CloseReason {
    Objects.requireNonNull(initiator, "initiator");
    Objects.requireNonNull(detail, "detail");
  }

  /** Whether the end was orderly. */
  public boolean isOrderly() {
    return code == null;
  }
}
