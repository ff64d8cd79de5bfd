package qwormhole.api.codec;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;

/**
 * Turns an application's messages into frame payloads and back. Implementations are stateless or
 * thread-safe: {@link #encode} runs on sending threads, {@link #decode} on loop or handler threads.
 * What they throw is reported with {@code E_CODEC}: to the sender on the way out; on the way in to
 * {@code onError}, and the message is not delivered.
 *
 * @param <M> the message type
 */
public interface Codec<M> {

  /**
   * Encodes a message.
   *
   * @return the payload from position to limit; it is copied or written before {@code send} returns,
   *     and its position is left as it was
   */
  ByteBuffer encode(M message);

  /**
   * Decodes a payload.
   *
   * @param payload a read-only view from position to limit, valid only during the call unless a
   *     handler executor is used
   */
  M decode(ByteBuffer payload);

  /**
   * Payloads as they are: messages are read-only views of the transport's memory, valid only during
   * {@code onMessage}. No copy and no allocation. Copy what you keep.
   */
  static Codec<ByteBuffer> bytes() {
    return BytesCodec.INSTANCE;
  }

  /** UTF-8 text. Malformed input decodes with replacement characters. */
  static Codec<String> text() {
    return TextCodec.INSTANCE;
  }

  /**
   * JSON through Jackson, mapped to a type; {@code JsonNode} gives a tree. What a peer sends may be
   * nested 128 deep, with names of 8192 and numbers of 1000 characters; nothing may follow the value.
   */
  static <M> Codec<M> json(Class<M> type) {
    return JacksonCodec.json(type);
  }

  /**
   * CBOR (RFC 8949) through Jackson, mapped to a type.
   *
   * @throws IllegalStateException when {@code com.fasterxml.jackson.dataformat.cbor} is not on the
   *     module path: it is an optional dependency
   */
  static <M> Codec<M> cbor(Class<M> type) {
    return JacksonCodec.cbor(type);
  }

  /** An application's own serializer and deserializer. */
  static <M> Codec<M> of(
      Function<? super M, ByteBuffer> serializer, Function<ByteBuffer, ? extends M> deserializer) {
    Objects.requireNonNull(serializer, "serializer");
    Objects.requireNonNull(deserializer, "deserializer");
    return new Codec<>() {
      @Override
      public ByteBuffer encode(M message) {
        return serializer.apply(message);
      }

      @Override
      public M decode(ByteBuffer payload) {
        return deserializer.apply(payload);
      }
    };
  }
}
