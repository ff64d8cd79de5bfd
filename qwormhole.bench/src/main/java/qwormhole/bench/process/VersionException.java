package qwormhole.bench.process;

import java.io.IOException;

/** The bench at the other end is of another version: its numbers could mean something else. */
public final class VersionException extends IOException {
  private static final long serialVersionUID = 1L;

  VersionException(String message) {
    super(message);
  }
}
