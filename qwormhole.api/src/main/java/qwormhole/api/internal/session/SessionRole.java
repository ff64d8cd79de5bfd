package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import qwormhole.api.CloseReason;

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

  /** A send was refused. Any thread. */
  void onBackpressure();

  /** After a refusal there is room again. Any thread. */
  void onDrain();

  /** The link has ended, or never came to be; called once, last. */
  void onLinkClosed(CloseReason reason);
}
