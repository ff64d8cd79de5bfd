package qwormhole.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import qwormhole.api.error.QWormholeException;

/**
 * TLS 1.3 or 1.2 for a server or a client: {@code
 * TlsOptions.builder().certificate(chain, key).build()}. Immutable; may be shared by many endpoints.
 * Files are read once, in {@code build()}.
 */
public final class TlsOptions {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final int SHA256_BYTES = 32;
  private static final int MAX_ALPN_BYTES = 255;

  private final SSLContext context;
  private final boolean hasCertificate;
  private final ClientAuth clientAuth;
  private final boolean verifyHost;
  private final Set<String> pins;
  private final List<String> alpn;
  private final List<String> protocols;

  /** What a server asks of its clients. */
  public enum ClientAuth {
    /** No certificate. */
    NONE,
    /** A certificate, if the client has one. */
    WANT,
    /** A certificate, or no connection. */
    NEED
  }

  private TlsOptions(Builder builder) {
    this.context = builder.context != null ? builder.context : builder.pem.context();
    this.hasCertificate = builder.context != null || builder.pem.hasCertificate();
    this.clientAuth = builder.clientAuth;
    this.verifyHost = builder.verifyHost;
    this.pins = Set.copyOf(builder.pins);
    this.alpn = builder.alpn;
    this.protocols = builder.protocols;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where keys and trust are. */
  public SSLContext context() {
    return context;
  }

  /** What a server asks of its clients; a client has no use for it. */
  public ClientAuth clientAuth() {
    return clientAuth;
  }

  /** Whether a client checks that the server's certificate is for the host it connects to. */
  public boolean verifyHost() {
    return verifyHost;
  }

  /**
   * SHA-256 fingerprints of certificates, as {@link TlsInfo#fingerprint256} writes them: the peer's own
   * must be one of them, besides being trusted. Empty when none was set.
   */
  public Set<String> pins() {
    return pins;
  }

  /** Application protocols to agree on, the favourite first; empty for none. */
  public List<String> alpn() {
    return alpn;
  }

  /** Protocol versions to agree on, of {@code TLSv1.3} and {@code TLSv1.2}. */
  public List<String> protocols() {
    return protocols;
  }

  /** What a server needs beyond what a client does. */
  void checkServer() {
    if (!hasCertificate) {
      throw new IllegalArgumentException("tls: a server needs a certificate");
    }
    if (!pins.isEmpty() && clientAuth == ClientAuth.NONE) {
      throw new IllegalArgumentException(
          "tls.pins of a server need clientAuth: no client is asked for a certificate");
    }
  }

  @Override
  public String toString() {
    return "tls " + protocols + ", clientAuth " + clientAuth + ", " + pins.size() + " pins";
  }

  /** Collects options; each is described at its accessor. Not thread-safe. */
  public static final class Builder {
    private SSLContext context;
    private final PemFiles pem = new PemFiles();
    private ClientAuth clientAuth = ClientAuth.NONE;
    private boolean verifyHost = true;
    private final Set<String> pins = new LinkedHashSet<>();
    private List<String> alpn = List.of("qwormhole/1");
    private List<String> protocols = PROTOCOLS;

    private Builder() {}

    /**
     * Keys and trust of the application's own, instead of files. Its key and trust managers may run on
     * a thread that all handshakes of a runtime share: what waits in them makes others wait.
     */
    public Builder context(SSLContext value) {
      context = Objects.requireNonNull(value, "context");
      return this;
    }

    /**
     * The own certificate. Every server needs one, a client only where it is asked for.
     *
     * @param chain PEM: the own certificate, then those that lead to one that peers trust
     * @param key its private key, PKCS#8 in PEM, unencrypted (RSA, EC or Ed25519); no one but the
     *     file's owner may have access, which is checked where files have POSIX permissions
     */
    public Builder certificate(Path chain, Path key) {
      pem.certificate(Objects.requireNonNull(chain, "chain"), Objects.requireNonNull(key, "key"));
      return this;
    }

    /**
     * Whose certificates are trusted, PEM: authorities, or peers themselves. Default: what the Java
     * runtime trusts, and no client.
     */
    public Builder trust(Path certificates) {
      pem.trust(Objects.requireNonNull(certificates, "certificates"));
      return this;
    }

    /** See {@link TlsOptions#clientAuth()}. Default none. */
    public Builder clientAuth(ClientAuth value) {
      clientAuth = Objects.requireNonNull(value, "clientAuth");
      return this;
    }

    /**
     * See {@link TlsOptions#verifyHost()}. Default on. Off, any certificate that is trusted will do:
     * pin it.
     */
    public Builder verifyHost(boolean value) {
      verifyHost = value;
      return this;
    }

    /**
     * See {@link TlsOptions#pins()}; at least one, 64 hexadecimal digits each, with colons or without.
     */
    public Builder pins(Collection<String> fingerprints) {
      if (fingerprints.isEmpty()) {
        throw new IllegalArgumentException("tls.pins must name at least one certificate");
      }
      Set<String> read = new LinkedHashSet<>();
      fingerprints.forEach(text -> read.add(pin(text)));
      pins.clear();
      pins.addAll(read);
      return this;
    }

    private static String pin(String text) {
      String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
      try {
        byte[] digest = HexFormat.of().parseHex(digits);
        if (digest.length == SHA256_BYTES) {
          return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      throw new IllegalArgumentException(
          "tls.pins must be SHA-256 fingerprints, 64 hexadecimal digits each");
    }

    /**
     * See {@link TlsOptions#alpn()}; names of 1 to 255 bytes. Default {@code qwormhole/1}. A peer that
     * offers none, or none of these, is served without.
     */
    public Builder alpn(String... names) {
      for (String name : names) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_ALPN_BYTES) {
          throw new IllegalArgumentException("tls.alpn must be names of 1 to 255 bytes");
        }
      }
      alpn = List.of(names);
      return this;
    }

    /** See {@link TlsOptions#protocols()}; at least one. Default both. */
    public Builder protocols(String... versions) {
      List<String> wanted = new ArrayList<>(new LinkedHashSet<>(List.of(versions)));
      if (wanted.isEmpty() || !PROTOCOLS.containsAll(wanted)) {
        throw new IllegalArgumentException(
            "tls.protocols must be of " + PROTOCOLS + ", was " + wanted);
      }
      protocols = List.copyOf(wanted);
      return this;
    }

    /**
     * The options as they stand.
     *
     * @throws IllegalArgumentException when they contradict each other
     * @throws QWormholeException with {@code E_TLS} when a file cannot be read or is not what it should
     *     be, or a key does not belong to its certificate
     */
    public TlsOptions build() {
      if (context != null && !pem.isEmpty()) {
        throw new IllegalArgumentException("tls: either a context, or files");
      }
      if (clientAuth != ClientAuth.NONE && context == null && !pem.hasTrust()) {
        throw new IllegalArgumentException(
            "tls.clientAuth needs trust: it does not say whose certificates are accepted");
      }
      return new TlsOptions(this);
    }
  }
}
