package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.ControlFrame;
import qwormhole.api.internal.frame.FrameException;

class ControlPolicyTest {
  private static final long WINDOW = 30_000_000_000L;

  private final long start = new Random(1).nextLong(); // any reading of the clock
  private final ControlPolicy policy = new ControlPolicy(start);

  private void count(int frames, long now) throws FrameException {
    for (int i = 0; i < frames; i++) {
      policy.count(ControlFrame.PING, now);
    }
  }

  @Test
  void twoHundredInThirtySecondsAreFineAndOneMoreIsNot() throws FrameException {
    count(100, start);
    count(100, start + WINDOW);
    assertThatThrownBy(() -> count(1, start + WINDOW))
        .isInstanceOfSatisfying(
            FrameException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_ERROR))
        .hasMessage("more than 200 control frames in 30 s");
  }

  @Test
  void afterTheWindowCountingBeginsAnew() throws FrameException {
    for (int i = 0; i < 10; i++) {
      count(200, start + i * (WINDOW + 1));
    }
  }

  @Test
  void acknowledgementsAreNotCounted() throws FrameException {
    for (int i = 0; i < 10_000; i++) {
      policy.count(ControlFrame.ACK, start);
    }
    count(200, start);
  }

  @Test
  void unknownKindsCountLikeOthers() throws FrameException {
    count(199, start);
    policy.count(77, start);
    assertThatThrownBy(() -> policy.count(78, start)).isInstanceOf(FrameException.class);
  }
}
