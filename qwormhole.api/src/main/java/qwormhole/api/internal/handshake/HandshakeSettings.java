package qwormhole.api.internal.handshake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an endpoint says of itself, and which versions it accepts (protocol section 2).
 *
 * @param version own protocol version, not empty
 * @param sid own sovereign identity, or null to say none
 * @param tags string or number values, sent as they are, in this order
 * @param negotiate whether to speak SCP (section 4): ask for it as a client, answer it as a server
 * @param backend name of the provider that carries the bytes: {@code java}, {@code lws}, ...
 * @param nativeBackend whether that provider is native
 * @param allowedVersions versions a server accepts, of which a peer must then name one; when empty,
 *     a peer must name {@code version} or none
 */
public record HandshakeSettings(
    String version,
    String sid,
    Map<String, Object> tags,
    boolean negotiate,
    String backend,
    boolean nativeBackend,
    Set<String> allowedVersions) {

  public HandshakeSettings {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(backend, "backend");
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    allowedVersions = Set.copyOf(allowedVersions);
  }
}
