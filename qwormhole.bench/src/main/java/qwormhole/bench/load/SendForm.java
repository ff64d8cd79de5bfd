package qwormhole.bench.load;

import java.util.Locale;

/** Through which form of {@code send} a stream goes. */
public enum SendForm {
  /** Blocking: {@code send(message, timeout)}. */
  SEND,
  /** An explicit scope for every 8 192 messages. */
  BATCH,
  /** {@code trySend}, and waiting for {@code onDrain} when it is refused. */
  TRY;

  /** The name as users write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
