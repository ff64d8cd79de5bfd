package qwormhole.compare;

import java.nio.ByteBuffer;

/** What becomes of a channel's frames. Called by the channel's own thread. */
interface Receiver {
  /** The payload lies in the buffer; it is valid during the call. */
  void onFrame(ByteBuffer buffer, int offset, int length);

  /** There is nothing more to read now. */
  default void onReadComplete() {}

  /** The channel takes more. */
  default void onWritable() {}

  /** The channel has ended. */
  void onBroken(String how);
}
