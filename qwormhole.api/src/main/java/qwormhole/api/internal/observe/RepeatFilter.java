package qwormhole.api.internal.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets one line a key through per {@link #INTERVAL_NANOS} and counts those it holds back. */
final class RepeatFilter {
  static final long INTERVAL_NANOS = 10_000_000_000L;
  static final int MAX_KEYS = 256;

  /** The answer for a line that is held back. */
  static final int HELD_BACK = -1;

  /** All keys that found no room share one, so that a flood of keys is a flood of no lines. */
  private static final String OVERFLOW = "";

  private static final class Repeats {
    private long lastLineNanos;
    private int heldBack;
  }

  private final Map<String, Repeats> byKey = new HashMap<>();
  private final LongSupplier nanoTime;

  RepeatFilter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How many lines were held back since the last one of this key, or {@link #HELD_BACK}. */
  synchronized int admit(String key) {
    long now = nanoTime.getAsLong();
    Repeats repeats = byKey.get(key);
    if (repeats == null) {
      String place = hasRoom(now) ? key : OVERFLOW;
      repeats = byKey.get(place);
      if (repeats == null) {
        repeats = new Repeats();
        repeats.lastLineNanos = now;
        byKey.put(place, repeats);
        return 0;
      }
    }
    if (now - repeats.lastLineNanos < INTERVAL_NANOS) {
      repeats.heldBack++;
      return HELD_BACK;
    }
    int heldBack = repeats.heldBack;
    repeats.heldBack = 0;
    repeats.lastLineNanos = now;
    return heldBack;
  }

  private boolean hasRoom(long now) {
    if (byKey.size() >= MAX_KEYS) {
      byKey.values().removeIf(repeats -> now - repeats.lastLineNanos >= INTERVAL_NANOS);
    }
    return byKey.size() < MAX_KEYS;
  }
}
