package qwormhole.api.spi;

import java.util.Objects;

/** Whether a provider can work here: a value with a reason, not an exception. */
public sealed interface Availability {

  /**
   * The provider can work.
   *
   * @param detail what it runs on, such as a library and its version; may be empty
   */
  record Available(String detail) implements Availability {
    public Available {
      Objects.requireNonNull(detail, "detail");
    }
  }

  /**
   * The provider cannot work here.
   *
   * @param reason one line for an operator: what was looked for, where, and what would fix it
   * @param cause the technical cause, or null
   */
  record Unavailable(String reason, Throwable cause) implements Availability {
    public Unavailable {
      Objects.requireNonNull(reason, "reason");
    }

    /** Unavailable for a reason that no exception caused. */
    public Unavailable(String reason) {
      this(reason, null);
    }
  }
}
