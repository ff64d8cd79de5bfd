package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

class ControlFrameTest {

  @Test
  void pingsAndPongsCarryTheirToken() throws FrameException {
    ByteBuffer ping = ControlFrame.token(ControlFrame.PING, 0x1122334455667788L);
    assertThat(Bytes.hex(Bytes.of(ping))).isEqualTo("80000009" + "02" + "1122334455667788");
    assertThat(Bytes.hex(Bytes.of(ControlFrame.token(ControlFrame.PONG, -1))))
        .isEqualTo("80000009" + "03" + "ffffffffffffffff");
    assertThat(ControlFrame.readToken(ping.position(5))).isEqualTo(0x1122334455667788L);
  }

  @Test
  void goAwayCarriesCodeAndReason() throws FrameException {
    ByteBuffer frame = ControlFrame.goAway(ControlFrame.GOAWAY_DRAINING, "bye");
    assertThat(Bytes.hex(Bytes.of(frame))).isEqualTo("80000006" + "04" + "0001" + "627965");
    assertThat(ControlFrame.readReason(frame.position(5))).isEqualTo("bye");
  }

  @Test
  void aLongReasonIsCutBetweenCharacters() throws FrameException {
    for (String character : new String[] {"x", "é", "€", "🜏"}) {
      String reason = "a" + character.repeat(600);
      ByteBuffer frame = ControlFrame.goAway(1, reason);
      assertThat(frame.remaining()).isLessThanOrEqualTo(4 + 1 + 2 + 512);
      String read = ControlFrame.readReason(frame.position(5));
      assertThat(reason).startsWith(read);
      assertThat(read.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(508);
    }
  }

  @Test
  void anEmptyReasonIsLegal() throws FrameException {
    assertThat(ControlFrame.readReason(ByteBuffer.allocate(2))).isEmpty();
  }

  @Test
  void aReasonOfTheLargestFrameIsReadInPart() throws FrameException {
    ByteBuffer body = ByteBuffer.allocate(Frames.MAX_CONTROL_BYTES - 1);
    assertThat(ControlFrame.readReason(body)).hasSize(512);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9})
  void aTokenOfAnotherLengthIsAProtocolError(int length) {
    assertThatThrownBy(() -> ControlFrame.readToken(ByteBuffer.allocate(length)))
        .isInstanceOfSatisfying(
            FrameException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_ERROR))
        .hasMessage("ACK, PING or PONG with a body of " + length + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aGoAwayWithoutACodeIsAProtocolError(int length) {
    assertThatThrownBy(() -> ControlFrame.readReason(ByteBuffer.allocate(length)))
        .isInstanceOfSatisfying(
            FrameException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_ERROR));
  }
}
