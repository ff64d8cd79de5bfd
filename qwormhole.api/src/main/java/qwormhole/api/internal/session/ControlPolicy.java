package qwormhole.api.internal.session;

import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.frame.FrameException;

/** Bounds the work that control frames can make: 200 in 30 s, acknowledgements apart. */
final class ControlPolicy {
  private static final int MAX_FRAMES = 200;
  private static final long WINDOW_NANOS = 30_000_000_000L;

  private long windowStartNanos;
  private int frames;

  ControlPolicy(long nowNanos) {
    this.windowStartNanos = nowNanos;
  }

  void count(int kind, long nowNanos) throws FrameException {
    if (kind == ControlFrame.ACK) {
      return;
    }
    if (nowNanos - windowStartNanos > WINDOW_NANOS) {
      windowStartNanos = nowNanos;
      frames = 0;
    }
    if (++frames > MAX_FRAMES) {
      throw new FrameException(
          ErrorCode.E_PROTOCOL_ERROR, "more than " + MAX_FRAMES + " control frames in 30 s");
    }
  }
}
