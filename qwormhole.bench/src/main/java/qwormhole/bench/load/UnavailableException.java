package qwormhole.bench.load;

import java.io.IOException;

/** A contender cannot work here: its row is skipped, with this reason. */
public final class UnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Cannot work for a reason of one line. */
  public UnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
