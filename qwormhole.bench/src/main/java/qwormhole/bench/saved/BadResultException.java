package qwormhole.bench.saved;

import java.io.IOException;

/** A file is not a result of this bench; the message names the file and says what is wrong. */
public final class BadResultException extends IOException {
  private static final long serialVersionUID = 1L;

  BadResultException(String message, Throwable cause) {
    super(message, cause);
  }
}
