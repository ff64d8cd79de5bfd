package qwormhole.api.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * JSON and CBOR through Jackson, with limits of its own because the bytes come from a peer: time and
 * memory are linear in them, and nothing of them is kept in tables that other peers' messages share.
 */
final class JacksonCodec<M> implements Codec<M> {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(128)
          .maxNameLength(8 << 10)
          .maxNumberLength(1000)
          .maxStringLength(Integer.MAX_VALUE) // the frame limit holds
          .build();

  private final ObjectMapper mapper;
  private final Class<M> type;

  private JacksonCodec(MapperBuilder<?, ?> mapper, Class<M> type) {
    this.mapper = mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    this.type = Objects.requireNonNull(type, "type");
  }

  static <M> Codec<M> json(Class<M> type) {
    return new JacksonCodec<>(JsonMapper.builder(limited(new JsonFactoryBuilder()).build()), type);
  }

  private static <B extends TSFBuilder<?, B>> B limited(B factory) {
    return factory
        .streamReadConstraints(LIMITS)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
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
    static MapperBuilder<?, ?> mapper() {
      return CBORMapper.builder(limited(CBORFactory.builder()).build());
    }
  }
}
