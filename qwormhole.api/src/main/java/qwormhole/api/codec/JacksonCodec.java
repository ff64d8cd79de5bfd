package qwormhole.api.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** JSON and CBOR through Jackson, with a nesting limit because the bytes come from a peer. */
final class JacksonCodec<M> implements Codec<M> {
  private static final int MAX_NESTING = 128;

  private final ObjectMapper mapper;
  private final Class<M> type;

  private JacksonCodec(ObjectMapper mapper, Class<M> type) {
    this.mapper = mapper;
    this.type = Objects.requireNonNull(type, "type");
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build());
  }

  static <M> Codec<M> json(Class<M> type) {
    return new JacksonCodec<>(JsonMapper.builder().build(), type);
  }

  static <M> Codec<M> cbor(Class<M> type) {
    try {
      return new JacksonCodec<>(Cbor.mapper(), type);
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException(
          "CBOR needs the optional module com.fasterxml.jackson.dataformat.cbor", missing);
    }
  }

  @Override
  public ByteBuffer encode(M message) {
    try {
      return ByteBuffer.wrap(mapper.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public M decode(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    try {
      return mapper.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Apart, so that the optional module is touched only when CBOR is asked for. */
  private static final class Cbor {
    static ObjectMapper mapper() {
      return CBORMapper.builder().build();
    }
  }
}
