package qwormhole.api.telemetry;

import java.util.Locale;

/** The outcome of checking an SCP message's {@code sig}; a message with a wrong one is never told. */
public enum ScpSignature {
  /** The peer's proven key made it, over all other members of the message. */
  VERIFIED,
  /** There is one, and the peer proved no key to check it with. */
  UNCHECKED,
  /** The message has none. */
  ABSENT;

  /** The name in recordings, such as {@code verified}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
