package qwormhole.api.internal.handshake;

import qwormhole.api.error.ErrorCode;

/** What the first frame that a client receives turns out to be (protocol section 4). */
public sealed interface FirstFrame {

  /**
   * The server's answer: SCP is on, once its signature, if it has one, has verified.
   *
   * @param peer what the server says of itself
   */
  record Answer(PeerHandshake peer) implements FirstFrame {}

  /**
   * The server refused this client.
   *
   * @param code the server's code, {@code E_HANDSHAKE_REJECTED} when it is not known here
   * @param reason untrusted text, escaped and cut
   */
  record Rejected(ErrorCode code, String reason) implements FirstFrame {}

  /**
   * The server gave an answer that this client must not accept.
   *
   * @param code what is wrong
   * @param reason in words
   */
  record Refused(ErrorCode code, String reason) implements FirstFrame {}

  /** An ordinary message of a legacy server: everything negotiable is off. */
  record Message() implements FirstFrame {}
}
