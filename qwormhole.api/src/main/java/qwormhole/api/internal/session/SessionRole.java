package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.CloseReason;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.frame.FrameException;

/** What differs between a server's and a client's end of a link. Called on the link's loop. */
interface SessionRole {

  /** The link is open, the session can write. */
  void onLinkOpen();

  /** The first frame, while the session waits for a handshake. */
  void onFirstFrame(ByteBuffer frame);

  /** A message, once the session is open. */
  void onMessage(ByteBuffer payload);

  /** A message was not delivered because it is invalid SCP; the problem is fit for a log. */
  void onInvalidMessage(String problem);

  /** The key that the peer proved to have; null of one that did not sign. */
  default PeerIdentity peerKey() {
    return null;
  }

  /** A send was refused. Any thread. */
  void onBackpressure();

  /** After a refusal there is room again. Any thread. */
  void onDrain();

  /** The peer says what it has received of a session; with a first frame that asked for it. */
  default void onResumed(long received) throws FrameException {
    throw new FrameException(ErrorCode.E_PROTOCOL_ERROR, "RESUMED that nobody asked for");
  }

  /** The peer has acknowledged messages. */
  default void onAcknowledged() {}

  /** Whether there is a session that may go on over another link. */
  default boolean isResumable() {
    return false;
  }

  /** Whether that session goes on after such an end: nothing that was accepted is given up then. */
  default boolean maySurvive(CloseReason why) {
    return false;
  }

  /** How the peer is told that the link ends in order. */
  default int goAwayCode() {
    return ControlFrame.GOAWAY_CLOSED;
  }

  /** Goes on when all that was delivered has been handled, and the peer been told so; on the loop. */
  default void afterHandlers(Runnable then) {
    then.run();
  }

  /** The link has ended, or never came to be; called once, last. */
  void onLinkClosed(CloseReason reason);
}
