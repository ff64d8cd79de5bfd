package qwormhole.api.internal.handshake;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import qwormhole.api.ClientOptions;
import qwormhole.api.EndpointOptions;
import qwormhole.api.ServerOptions;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;

/**
 * What an endpoint says of itself, and what it accepts (protocol sections 2 to 4).
 *
 * @param version own protocol version, not empty
 * @param tags string or number values, sent as they are, in this order
 * @param members what the application adds
 * @param negotiate whether to speak SCP (section 4): ask for it as a client, answer it as a server
 * @param allowedVersions versions a server accepts, of which a peer must then name one; when empty,
 *     a peer must name {@code version} or none
 * @param signing keys
 * @param features what is asked for beyond that
 */
public record HandshakeSettings(
    String version,
    Map<String, Object> tags,
    HandshakeMembers members,
    boolean negotiate,
    Set<String> allowedVersions,
    Signing signing,
    Features features) {

  /**
   * Keys (section 3).
   *
   * @param identity what own handshakes are signed with, or null
   * @param required whether a peer must sign
   * @param allowed the keys that a peer may have; when not empty, it must sign with one of them
   * @param window how far the clock of a peer that signed may be off
   * @param repeats whether the same handshake may come again, over TLS
   */
  public record Signing(
      Identity identity,
      boolean required,
      Set<PeerIdentity> allowed,
      Duration window,
      boolean repeats) {
    public Signing {
      allowed = Set.copyOf(allowed);
      required |= !allowed.isEmpty();
    }

    /** What a client says that it is now: of one that signs, never the same twice. */
    long time(long nowMillis) {
      return identity == null
          ? nowMillis
          : SigningTimes.ofProcess().next(identity.publicKey(), nowMillis);
    }
  }

  /**
   * What is asked for (sections 4 and 7).
   *
   * @param checksum whether messages shall carry a checksum
   * @param acknowledgements whether messages shall be acknowledged
   * @param enforceTrust whether the trust policy is kept to
   * @param resumable whether sessions shall outlive their connections
   * @param required capabilities without which a peer is refused
   */
  public record Features(
      boolean checksum,
      boolean acknowledgements,
      boolean enforceTrust,
      boolean resumable,
      Set<String> required) {
    /** Nothing. */
    static final Features NONE = new Features(false, false, false, false, Set.of());

    public Features {
      required = Set.copyOf(required);
    }
  }

  public HandshakeSettings {
    Objects.requireNonNull(version, "version");
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    Objects.requireNonNull(members, "members");
    allowedVersions = Set.copyOf(allowedVersions);
    Objects.requireNonNull(signing, "signing");
    members.checkFor(signing.identity());
    Objects.requireNonNull(features, "features");
  }

  /** A server's. */
  public static HandshakeSettings of(ServerOptions<?> options) {
    return of(options, true, options.allowedVersions(), options.acceptRepeatedHandshakes());
  }

  /** A client's. */
  public static HandshakeSettings of(ClientOptions<?> options) {
    return of(options, options.negotiate(), Set.of(), false);
  }

  private static HandshakeSettings of(
      EndpointOptions<?> options, boolean negotiate, Set<String> allowedVersions, boolean repeats) {
    if (options.resumable()) {
      SessionGrant.prepare();
    }
    Set<PeerIdentity> allowed =
        options.allowedKeys().stream().map(PeerIdentity::of).collect(Collectors.toSet());
    return new HandshakeSettings(
        options.protocolVersion(),
        options.tags(),
        options.handshakeMembers(),
        negotiate,
        allowedVersions,
        new Signing(
            options.identity().orElse(null),
            options.requireSignature(),
            allowed,
            options.signatureWindow(),
            repeats),
        new Features(
            options.checksum(),
            options.acknowledgements(),
            options.enforceTrust(),
            options.resumable(),
            options.requiredCapabilities()));
  }

  /** The same with more tags, which win over those of the same name. */
  HandshakeSettings withTags(Map<String, Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, Object> all = new LinkedHashMap<>(tags);
    all.putAll(more);
    return new HandshakeSettings(
        version, all, members, negotiate, allowedVersions, signing, features);
  }

  /**
   * Whether a client must hold its messages until the server has answered: frames that may carry a
   * checksum begin there.
   */
  boolean offersChecksum() {
    return negotiate && (features.checksum() || features.enforceTrust());
  }

  /** Whether sessions may outlive their connections. */
  boolean offersSession() {
    return negotiate && features.resumable();
  }

  /** Whether a client must not talk to a server that does not answer. */
  boolean requiresAnswer() {
    return signing.required() || !features.required().isEmpty();
  }
}
