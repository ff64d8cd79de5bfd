package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import qwormhole.api.ClientOptions;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.Identity;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.UnavailableException;

/** Opens endpoints and tells "cannot work here" from "went wrong". */
final class Opening {
  private Opening() {}

  /**
   * The options of a client that does not come back: a lost connection is a failed round.
   *
   * @throws IOException when the server's certificate is none
   */
  static ClientOptions<ByteBuffer> clientOptions(SideSpec spec) throws IOException {
    ClientOptions.Builder<ByteBuffer> builder =
        ClientOptions.builder(Codec.bytes())
            .host(spec.host())
            .port(spec.port())
            .require(spec.contender())
            // The server is known to answer: a busy one must not be taken for one that does not.
            .answerTimeout(Limits.STALL)
            .resumable(spec.features().resume())
            .reconnect(ReconnectPolicy.NONE);
    if (spec.features().signed()) {
      builder.identity(Identity.generate());
    }
    if (spec.features().tls()) {
      builder.tls(Encryption.ofClient(spec.certificate()));
    }
    return builder.build();
  }

  static <T> T open(Supplier<T> endpoint) throws IOException {
    try {
      return endpoint.get();
    } catch (QWormholeException e) {
      throw failure(e);
    }
  }

  /** The failure of an opening as the bench tells it. */
  static IOException failure(Throwable cause) {
    if (cause instanceof QWormholeException e
        && (e.code() == ErrorCode.E_NATIVE_UNAVAILABLE
            || e.code() == ErrorCode.E_PROVIDER_MISSING)) {
      return new UnavailableException(e.detail(), e);
    }
    return new IOException(cause.getMessage(), cause);
  }
}
