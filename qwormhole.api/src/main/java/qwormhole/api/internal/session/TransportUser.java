package qwormhole.api.internal.session;

import java.time.Duration;

/** One of those who use a transport. */
interface TransportUser {

  /** The transport has died; on a thread that may wait. */
  void failed(Throwable cause);

  /** A handler keeps one of its loops from its work; on a thread that must not wait. */
  void blocked(String loop, Duration since, String where);
}
