package qwormhole.api;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What TLS agreed on for a connection. Immutable.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite the suite's standard name
 * @param alpn the application protocol that was negotiated, if any
 * @param peerCertificates the peer's certificate and those above it, the peer's own first; empty of a
 *     client that presented none
 */
public record TlsInfo(
    String protocol,
    String cipherSuite,
    Optional<String> alpn,
    List<X509Certificate> peerCertificates) {
  private static final HexFormat FINGERPRINT = HexFormat.ofDelimiter(":").withUpperCase();

  public TlsInfo {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(cipherSuite, "cipherSuite");
    Objects.requireNonNull(alpn, "alpn");
    peerCertificates = List.copyOf(peerCertificates);
  }

  /** The SHA-256 fingerprint of the peer's own certificate, if it presented one. */
  public Optional<String> peerFingerprint256() {
    return peerCertificates.stream().findFirst().map(TlsInfo::fingerprint256);
  }

  /** The SHA-256 of a certificate's DER form: upper-case hexadecimal bytes with colons between. */
  public static String fingerprint256(X509Certificate certificate) {
    return fingerprint("SHA-256", certificate);
  }

  /**
   * The SHA-1 of a certificate's DER form, written in the same way. It tells certificates apart and
   * proves nothing.
   */
  public static String fingerprint(X509Certificate certificate) {
    return fingerprint("SHA-1", certificate);
  }

  private static String fingerprint(String algorithm, X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      return FINGERPRINT.formatHex(MessageDigest.getInstance(algorithm).digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a certificate without a " + algorithm + " digest", e);
    }
  }

  @Override
  public String toString() {
    return protocol
        + " "
        + cipherSuite
        + alpn.map(name -> " " + name).orElse("")
        + peerFingerprint256().map(print -> " peer " + print).orElse("");
  }
}
