package qwormhole.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes decoded frames. */
@FunctionalInterface
interface FrameHandler {
  /** A frame's payload lies in the buffer; it is valid during the call. */
  void onFrame(ByteBuffer buffer, int offset, int length) throws IOException;
}
