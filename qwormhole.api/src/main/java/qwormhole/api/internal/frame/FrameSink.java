package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;

/** Takes what a {@link FrameDecoder} finds. The views are valid during the call only. */
public interface FrameSink {

  /**
   * A data frame.
   *
   * @return whether to go on; false keeps the rest for {@link FrameDecoder#resume}
   */
  boolean onFrame(ByteBuffer payload) throws FrameException;

  /** A control frame: its kind and its body. Returns whether to go on. */
  boolean onControl(int kind, ByteBuffer body) throws FrameException;
}
