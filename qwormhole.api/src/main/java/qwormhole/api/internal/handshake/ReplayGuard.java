package qwormhole.api.internal.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.TreeSet;
import qwormhole.api.error.ErrorCode;

/**
 * Refuses signed handshakes that are too old, from the future, or were seen before (protocol section
 * 3). Bounded: what is forgotten early raises the bar for all that is as old, so that nothing
 * forgotten can come again. Any thread.
 */
final class ReplayGuard {
  static final int MAX_ENTRIES = 1 << 16;

  private final long windowMillis;
  private final int maxEntries;
  private final TreeSet<Seen> seen = new TreeSet<>();
  private long forgottenUpTo = Long.MIN_VALUE;

  /** Who said what and when, the former two as half of a SHA-256. */
  private record Seen(long ts, long high, long low) implements Comparable<Seen> {
    @Override
    public int compareTo(Seen other) {
      int order = Long.compare(ts, other.ts);
      order = order != 0 ? order : Long.compare(high, other.high);
      return order != 0 ? order : Long.compare(low, other.low);
    }
  }

  /** A guard with a window either way of the present. */
  ReplayGuard(long windowMillis, int maxEntries) {
    this.windowMillis = windowMillis;
    this.maxEntries = maxEntries;
  }

  /**
   * Notes a handshake that has verified.
   *
   * @param repeats whether it may have been seen before
   * @throws HandshakeRejection with {@code E_HANDSHAKE_REPLAYED}
   */
  void admit(String publicKey, String nonce, long ts, long nowMillis, boolean repeats)
      throws HandshakeRejection {
    requireFresh(ts, nowMillis, windowMillis);
    if (repeats) {
      return;
    }
    Seen handshake = seen(publicKey, nonce, ts);
    synchronized (this) {
      while (!seen.isEmpty() && seen.first().ts < nowMillis - windowMillis) {
        seen.pollFirst();
      }
      if (ts <= forgottenUpTo) {
        throw refused("the handshake is older than what is remembered");
      }
      if (!seen.add(handshake)) {
        throw refused("the handshake was seen before");
      }
      if (seen.size() > maxEntries) {
        forgottenUpTo = Objects.requireNonNull(seen.pollFirst()).ts;
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

  private static Seen seen(String publicKey, String nonce, long ts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] text = (publicKey + nonce).getBytes(StandardCharsets.US_ASCII);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(text));
      return new Seen(ts, hash.getLong(), hash.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static HandshakeRejection refused(String reason) {
    return new HandshakeRejection(ErrorCode.E_HANDSHAKE_REPLAYED, reason);
  }
}
