package qwormhole.api.internal.select;

import java.util.Locale;

/** Which end of connections a transport is opened for. */
public enum Side {
  SERVER,
  CLIENT;

  /** {@code server} or {@code client}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
