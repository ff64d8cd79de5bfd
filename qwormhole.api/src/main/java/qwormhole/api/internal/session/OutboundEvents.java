package qwormhole.api.internal.session;

import java.io.IOException;

/** What the owner of a link's outbound side is told; any thread, never with the lock held. */
interface OutboundEvents {
  /** A send was refused for the first time since the last drain. */
  void onBackpressure();

  /** After a refusal: the queue is below half of its limit. */
  void onDrain();

  /** After {@link Outbound#watchRoom()}: the queue is below half of where reading pauses. */
  void onRoom();

  /** All that was accepted is with the kernel, after {@link Outbound#finish()}. */
  void onFinished();

  /** The link does not take bytes any more. */
  void onWriteFailed(IOException cause);
}
