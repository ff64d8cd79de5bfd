package qwormhole.bench.process;

import java.util.Locale;

/** Which side a child is. */
public enum Role {
  /** It listens. */
  SERVER,
  /** It connects. */
  CLIENT,
  /** It listens, and its transport can be killed. */
  FALLBACK_SERVER,
  /** It connects, and its transport can be killed. */
  FALLBACK_CLIENT;

  /** The name on the child's command line, and in what users read. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
