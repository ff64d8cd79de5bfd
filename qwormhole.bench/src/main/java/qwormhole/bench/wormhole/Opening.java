package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.function.Supplier;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.bench.load.UnavailableException;

/** Opens endpoints and tells "cannot work here" from "went wrong". */
final class Opening {
  private Opening() {}

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
