package qwormhole.api.internal.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import qwormhole.api.TlsInfo;

/** What a client's QWormhole handshake says of its TLS connection, and whether that is so. */
public final class TlsTags {
  private static final String FINGERPRINT256 = "tlsFingerprint256";
  private static final String FINGERPRINT = "tlsFingerprint";
  private static final String ALPN = "tlsAlpn";

  private TlsTags() {}

  /** The tags of a client; the chain is null when it presented none. */
  static Map<String, Object> of(Certificate[] presented, Optional<String> alpn) {
    Map<String, Object> tags = new LinkedHashMap<>();
    if (presented != null && presented.length > 0 && presented[0] instanceof X509Certificate own) {
      tags.put(FINGERPRINT256, TlsInfo.fingerprint256(own));
      tags.put(FINGERPRINT, TlsInfo.fingerprint(own));
    }
    alpn.ifPresent(name -> tags.put(ALPN, name));
    return tags;
  }

  /**
   * Whether a client names another certificate than the one that this server saw, or one where it saw
   * none: its handshake was then made for another connection.
   *
   * @param tags what the client said
   * @param seen what TLS agreed on
   */
  public static boolean contradict(Map<String, Object> tags, TlsInfo seen) {
    X509Certificate own = seen.peerCertificates().stream().findFirst().orElse(null);
    return differs(tags.get(FINGERPRINT256), own == null ? null : TlsInfo.fingerprint256(own))
        || differs(tags.get(FINGERPRINT), own == null ? null : TlsInfo.fingerprint(own));
  }

  private static boolean differs(Object said, String seen) {
    return said != null && !said.equals(seen);
  }
}
