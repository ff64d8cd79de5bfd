package qwormhole.api.internal.session;

import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.text.SafeText;

/** Says why a link has ended that nobody here has closed. */
final class LinkEnds {
  private static final String PROBABLY_REFUSED =
      "the server closed at once after the handshake, without an answer: probably a refusal, of"
          + " version, signature, tags or for want of room; see its log";

  private LinkEnds() {}

  /** A link that never came to be, for a reason in which providers name the address. */
  static CloseReason notConnected(Throwable cause) {
    return new CloseReason(Initiator.NETWORK, ErrorCode.E_CONNECT_FAILED, textOf(cause));
  }

  /** It does not carry bytes any more. */
  static CloseReason lost(Throwable cause) {
    return new CloseReason(Initiator.NETWORK, ErrorCode.E_CONNECTION_LOST, textOf(cause));
  }

  /**
   * The peer has closed it.
   *
   * @param inMidFrame whether it had sent the beginning of a frame only
   * @param goAway how it took its leave, or null
   * @param resumable whether a peer of such a session takes its leave before it closes for good
   */
  static CloseReason closedByPeer(boolean inMidFrame, String goAway, boolean resumable) {
    if (inMidFrame) {
      return new CloseReason(
          Initiator.PEER, ErrorCode.E_CONNECTION_LOST, "the peer closed in the middle of a frame");
    }
    if (goAway == null && resumable) {
      return new CloseReason(
          Initiator.PEER, ErrorCode.E_CONNECTION_LOST, "the peer closed without taking its leave");
    }
    return new CloseReason(Initiator.PEER, null, goAway == null ? "closed by the peer" : goAway);
  }

  /**
   * A server that closed in order, at once and without a word, where it was sent a handshake: one that
   * cannot say so refuses in this way. Nobody said that it is of no use to try again.
   */
  static CloseReason probablyRefused() {
    return new CloseReason(Initiator.PEER, ErrorCode.E_HANDSHAKE_REJECTED, PROBABLY_REFUSED);
  }

  static boolean isProbablyRefused(CloseReason reason) {
    return reason.detail().equals(PROBABLY_REFUSED);
  }

  /** What an exception says, or what it is called where it says nothing. */
  static String textOf(Throwable cause) {
    if (cause == null) {
      return "no cause given";
    }
    String said = cause.getMessage();
    return SafeText.of(
        said == null || said.isBlank() ? cause.getClass().getSimpleName() : said,
        SafeText.PEER_CHARS);
  }
}
