package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * Writes down what a decoder delivers, and treats each view as badly as a handler may: reads it to
 * its end and changes its byte order.
 */
final class RecordingSink implements FrameSink {
  private static final int SHOWN_BYTES = 64;

  final List<String> events = new ArrayList<>();
  BooleanSupplier goOn = () -> true;

  @Override
  public boolean onFrame(ByteBuffer payload) {
    assertThat(payload.isReadOnly()).isTrue();
    assertThat(payload.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    events.add(frame(spoil(payload)));
    return goOn.getAsBoolean();
  }

  @Override
  public boolean onControl(int kind, ByteBuffer body) {
    assertThat(body.isReadOnly()).isTrue();
    assertThat(body.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    events.add(control(kind, spoil(body)));
    return goOn.getAsBoolean();
  }

  /** What is recorded for a data frame. */
  static String frame(byte[] payload) {
    return "frame " + text(payload);
  }

  /** What is recorded for a control frame. */
  static String control(int kind, byte[] body) {
    return "control " + kind + " " + text(body);
  }

  private static String text(byte[] bytes) {
    if (bytes.length <= SHOWN_BYTES) {
      return Bytes.hex(bytes);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return bytes.length + " bytes, crc " + Long.toHexString(crc.getValue());
  }

  private static byte[] spoil(ByteBuffer view) {
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    view.order(ByteOrder.LITTLE_ENDIAN);
    return bytes;
  }
}
