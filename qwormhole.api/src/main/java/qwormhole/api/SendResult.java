package qwormhole.api;

/** What became of a message that was given to {@code send}. Nothing is ever dropped silently. */
public enum SendResult {
  /** Accepted: in order, behind what was accepted before at the same priority. */
  SENT,
  /** Refused because the outbound buffer is full; nothing was queued. {@code onDrain} will follow. */
  BACK_PRESSURED,
  /** Refused because the client is not connected now; reconnect may bring it back. */
  NOT_CONNECTED,
  /** Refused because the connection or endpoint has been closed for good. */
  CLOSED,
  /** Refused because the payload is over the frame limit. */
  TOO_LARGE
}
