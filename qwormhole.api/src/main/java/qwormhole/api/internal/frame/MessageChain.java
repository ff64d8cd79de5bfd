package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads messages back out of segments that were to be written. */
public final class MessageChain {
  private Segment at;

  private MessageChain(Segment first) {
    this.at = first;
  }

  /**
   * Copies of the payloads of whole frames in a chain.
   *
   * @param chain segments ready to be written, beginning with a frame, without frames of the protocol
   *     itself; positions advance
   * @param checked whether a checksum follows each payload
   */
  public static List<ByteBuffer> payloads(Segment chain, boolean checked) {
    List<ByteBuffer> payloads = new ArrayList<>();
    var reader = new MessageChain(chain);
    while (reader.hasFrame()) {
      byte[] frame = reader.bytes(reader.at.memory.getInt());
      int length = frame.length - (checked ? Frames.CHECKSUM_BYTES : 0);
      payloads.add(ByteBuffer.wrap(frame, 0, length).slice().asReadOnlyBuffer());
    }
    return payloads;
  }

  /** A length word is never cut: it lies in one segment. */
  private boolean hasFrame() {
    while (at != null && !at.memory.hasRemaining()) {
      at = at.next;
    }
    return at != null;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    int count = 0;
    while (count < length && hasFrame()) {
      int some = Math.min(length - count, at.memory.remaining());
      at.memory.get(bytes, count, some);
      count += some;
    }
    return bytes;
  }
}
