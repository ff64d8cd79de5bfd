package qwormhole.api.handshake;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Demands of {@link Handshakes#verify} on a handshake, beyond its form and, if it has one, a right
 * signature. Immutable; any thread.
 *
 * @param signed whether it must be signed
 * @param allowedKeys the keys that may have signed, in base64; empty for any. When not empty it must be
 *     signed
 * @param allowedVersions the versions of which it must name one; empty for any, or none
 * @param freshness how far its {@code ts} may be from the clock's time; empty for any age. Only what is
 *     signed can be fresh
 * @param clock what its time is compared with
 */
public record HandshakeRequirements(
    boolean signed,
    Set<String> allowedKeys,
    Set<String> allowedVersions,
    Optional<Duration> freshness,
    Clock clock) {

  /** Nothing beyond a handshake's form. */
  public static final HandshakeRequirements NONE =
      new HandshakeRequirements(false, Set.of(), Set.of(), Optional.empty(), Clock.systemUTC());

  /** A signature, by any key. */
  public static final HandshakeRequirements SIGNED =
      new HandshakeRequirements(true, Set.of(), Set.of(), Optional.empty(), Clock.systemUTC());

  /**
   * The requirements of these values.
   *
   * @throws IllegalArgumentException when a key is malformed
   */
  public HandshakeRequirements {
    allowedKeys = Set.copyOf(allowedKeys);
    allowedKeys.forEach(PeerIdentity::of);
    allowedVersions = Set.copyOf(allowedVersions);
    Objects.requireNonNull(freshness, "freshness");
    Objects.requireNonNull(clock, "clock");
    signed |= !allowedKeys.isEmpty() || freshness.isPresent();
  }

  /** The same, signed by one of these keys. */
  public HandshakeRequirements allowedKeys(Set<String> keys) {
    return new HandshakeRequirements(signed, keys, allowedVersions, freshness, clock);
  }

  /** The same, of one of these versions. */
  public HandshakeRequirements allowedVersions(Set<String> versions) {
    return new HandshakeRequirements(signed, allowedKeys, versions, freshness, clock);
  }

  /** The same, made within this time of the clock's. */
  public HandshakeRequirements fresh(Duration window, Clock now) {
    return new HandshakeRequirements(
        signed, allowedKeys, allowedVersions, Optional.of(window), now);
  }
}
