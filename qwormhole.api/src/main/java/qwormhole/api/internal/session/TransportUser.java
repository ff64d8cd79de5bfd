package qwormhole.api.internal.session;

import java.time.Duration;
import qwormhole.api.spi.Transport;

/** One of those who use a transport. */
interface TransportUser {

  /**
   * Puts a transport to use that has just been opened for this user: a server listens. What it throws
   * makes the provider unfit, and the next one is tried.
   */
  void begin(Transport opened) throws Exception;

  /** The transport has died; on a thread that may wait. All of its users are told, then each moves. */
  void failed(Throwable cause);

  /** Goes to another transport after {@link #failed}; on a thread that may wait. */
  void move();

  /** A handler keeps one of its loops from its work; on a thread that must not wait. */
  void blocked(String loop, Duration since, String where);
}
