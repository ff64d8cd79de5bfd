package qwormhole.api.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-8 text. */
enum TextCodec implements Codec<String> {
  INSTANCE;

  @Override
  public ByteBuffer encode(String message) {
    return ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decode(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
