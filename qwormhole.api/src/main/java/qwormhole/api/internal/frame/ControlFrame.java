package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import qwormhole.api.error.ErrorCode;

/** Control frames of protocol section 4: whole frames ready to be written, and their bodies read. */
public final class ControlFrame {
  public static final int ACK = 1;
  public static final int PING = 2;
  public static final int PONG = 3;
  public static final int GOAWAY = 4;
  public static final int RESUMED = 5;

  /** GOAWAY code: the sender shuts down or drains; coming back later is useful. */
  public static final int GOAWAY_DRAINING = 1;

  /** GOAWAY code: the sender's application has closed the connection, and with it its session. */
  public static final int GOAWAY_CLOSED = 2;

  private static final int MAX_REASON_BYTES = 512;

  private ControlFrame() {}

  /** An ACK, PING or PONG frame, header included; an ACK's token is its count. */
  public static ByteBuffer token(int kind, long token) {
    return start(kind, Long.BYTES).putLong(token).flip();
  }

  /** A GOAWAY frame, header included; the reason is cut to 512 bytes. */
  public static ByteBuffer goAway(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_REASON_BYTES);
    while (length < text.length && length > 0 && (text[length] & 0xc0) == 0x80) {
      length--; // never cut inside a character
    }
    return start(GOAWAY, Short.BYTES + length).putShort((short) code).put(text, 0, length).flip();
  }

  /** The token of an ACK, PING or PONG body. */
  public static long readToken(ByteBuffer body) throws FrameException {
    if (body.remaining() != Long.BYTES) {
      throw malformed("ACK, PING or PONG", body);
    }
    return body.getLong(body.position());
  }

  /** The code of a GOAWAY body. */
  public static int readCode(ByteBuffer body) throws FrameException {
    if (body.remaining() < Short.BYTES) {
      throw malformed("GOAWAY", body);
    }
    return Short.toUnsignedInt(body.getShort(body.position()));
  }

  /** The reason of a GOAWAY body; the caller escapes it. */
  public static String readReason(ByteBuffer body) throws FrameException {
    if (body.remaining() < Short.BYTES) {
      throw malformed("GOAWAY", body);
    }
    byte[] text = new byte[Math.min(body.remaining() - Short.BYTES, MAX_REASON_BYTES)];
    body.get(body.position() + Short.BYTES, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static ByteBuffer start(int kind, int bodyBytes) {
    int payload = 1 + bodyBytes;
    return ByteBuffer.allocate(Frames.HEADER_BYTES + payload)
        .putInt(payload | Frames.CONTROL_BIT)
        .put((byte) kind);
  }

  private static FrameException malformed(String kind, ByteBuffer body) {
    return new FrameException(
        ErrorCode.E_PROTOCOL_ERROR, kind + " with a body of " + body.remaining() + " bytes");
  }
}
