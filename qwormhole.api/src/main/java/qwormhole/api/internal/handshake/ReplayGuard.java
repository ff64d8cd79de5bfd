package qwormhole.api.internal.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import qwormhole.api.error.ErrorCode;

/**
 * Refuses signed handshakes that are too old, from the future, or were seen before (protocol section
 * 3). Its memory is bounded, and nobody can use it up for others:
 *
 * <ul>
 *   <li>One key may fill a sixteenth. What is forgotten of it then raises the bar for that key alone.
 *   <li>What is ahead of the clock may fill an eighth, and no more is taken: it displaces nothing.
 *   <li>What else is forgotten early raises the bar for all that is as old, so that nothing forgotten
 *       can come again. A bar is never ahead of the clock by more than {@link #SKEW_MILLIS}.
 * </ul>
 *
 * <p>Any thread.
 */
final class ReplayGuard {
  static final int MAX_ENTRIES = 1 << 16;

  /** Clocks that are this much apart are taken for equal. */
  static final long SKEW_MILLIS = 5_000;

  private static final int KEY_SHARE = 16;
  private static final int AHEAD_SHARE = 8;

  private final long windowMillis;
  private final int maxEntries;
  private final int maxOfKey;
  private final int maxAhead;
  private final TreeSet<Seen> seen = new TreeSet<>();
  private final TreeSet<Seen> ahead = new TreeSet<>(); // later than the clock and the skew
  private final Map<Long, OfKey> keys = new HashMap<>();
  private long forgottenUpTo = Long.MIN_VALUE;

  /** Handshakes of one key that are remembered, and up to when they are not. */
  private static final class OfKey {
    final TreeSet<Seen> seen = new TreeSet<>();
    long forgottenUpTo = Long.MIN_VALUE;
  }

  /** A handshake: when, a hash of its key, and one of key and nonce. */
  private record Seen(long ts, long key, long high, long low) implements Comparable<Seen> {
    @Override
    public int compareTo(Seen other) {
      int order = Long.compare(ts, other.ts);
      order = order != 0 ? order : Long.compare(key, other.key);
      order = order != 0 ? order : Long.compare(high, other.high);
      return order != 0 ? order : Long.compare(low, other.low);
    }
  }

  /** A guard with a window either way of the present. */
  ReplayGuard(long windowMillis, int maxEntries) {
    this.windowMillis = windowMillis;
    this.maxEntries = maxEntries;
    this.maxOfKey = Math.max(1, maxEntries / KEY_SHARE);
    this.maxAhead = Math.max(1, maxEntries / AHEAD_SHARE);
  }

  /**
   * Tells whether a handshake would be admitted, and notes nothing: what is not accepted after all
   * leaves no trace.
   *
   * @throws HandshakeRejection with {@code E_HANDSHAKE_REPLAYED}
   */
  void check(String publicKey, String nonce, long ts, long nowMillis) throws HandshakeRejection {
    Seen handshake = timely(publicKey, nonce, ts, nowMillis);
    synchronized (this) {
      judge(handshake, nowMillis);
    }
  }

  /**
   * Notes a handshake that has verified and is accepted.
   *
   * @throws HandshakeRejection with {@code E_HANDSHAKE_REPLAYED}
   */
  void admit(String publicKey, String nonce, long ts, long nowMillis) throws HandshakeRejection {
    Seen handshake = timely(publicKey, nonce, ts, nowMillis);
    synchronized (this) {
      judge(handshake, nowMillis);
      OfKey own = keys.computeIfAbsent(handshake.key, key -> new OfKey());
      own.seen.add(handshake);
      (isAhead(handshake, nowMillis) ? ahead : seen).add(handshake);
      if (own.seen.size() > maxOfKey) {
        Seen oldest = own.seen.first();
        own.forgottenUpTo = oldest.ts;
        forget(oldest);
      }
      while (seen.size() + ahead.size() > maxEntries && !seen.isEmpty()) {
        Seen oldest = seen.first();
        forgottenUpTo = Math.max(forgottenUpTo, oldest.ts);
        forget(oldest);
      }
    }
  }

  /** That a handshake was made within the window either way of now. */
  static void requireFresh(long ts, long nowMillis, long windowMillis) throws HandshakeRejection {
    long age = nowMillis - ts;
    if (age > windowMillis || age < -windowMillis) {
      throw refused("the handshake's ts is not within " + windowMillis / 1000 + " s of now");
    }
  }

  private Seen timely(String publicKey, String nonce, long ts, long nowMillis)
      throws HandshakeRejection {
    requireFresh(ts, nowMillis, windowMillis);
    ByteBuffer both = hash(publicKey + nonce);
    return new Seen(ts, hash(publicKey).getLong(), both.getLong(), both.getLong());
  }

  /** Refuses what must not come in, by what is remembered. */
  private void judge(Seen handshake, long nowMillis) throws HandshakeRejection {
    advance(nowMillis);
    OfKey own = keys.get(handshake.key);
    long bar = own == null ? forgottenUpTo : Math.max(forgottenUpTo, own.forgottenUpTo);
    if (handshake.ts <= bar) {
      throw refused("the handshake is older than what is remembered");
    }
    if (own != null && own.seen.contains(handshake)) {
      throw refused("the handshake was seen before");
    }
    if (isAhead(handshake, nowMillis) && ahead.size() >= maxAhead) {
      throw refused("the handshake's ts is ahead of the clock, as that of too many others is");
    }
  }

  private static boolean isAhead(Seen handshake, long nowMillis) {
    return handshake.ts > nowMillis + SKEW_MILLIS;
  }

  /** Time has passed: what was ahead is so no more, and what is too old makes room. */
  private void advance(long nowMillis) {
    while (!ahead.isEmpty() && !isAhead(ahead.first(), nowMillis)) {
      seen.add(ahead.pollFirst());
    }
    while (!seen.isEmpty() && seen.first().ts < nowMillis - windowMillis) {
      forget(seen.first());
    }
  }

  private void forget(Seen handshake) {
    if (!seen.remove(handshake)) {
      ahead.remove(handshake);
    }
    OfKey own = keys.get(handshake.key);
    own.seen.remove(handshake);
    if (own.seen.isEmpty()) {
      keys.remove(handshake.key);
    }
  }

  private static ByteBuffer hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static HandshakeRejection refused(String reason) {
    return new HandshakeRejection(ErrorCode.E_HANDSHAKE_REPLAYED, reason);
  }
}
