package qwormhole.bench.process;

import java.io.IOException;

/** A child died, fell silent or said that it failed. */
public final class ChildFailure extends IOException {
  private static final long serialVersionUID = 1L;

  ChildFailure(String message) {
    super(message);
  }
}
