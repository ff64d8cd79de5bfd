package qwormhole.bench.process;

import java.util.Locale;

/** Which side a child is. */
public enum Role {
  /** It listens. */
  SERVER,
  /** It connects and drives. */
  CLIENT;

  /** The name on the child's command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
