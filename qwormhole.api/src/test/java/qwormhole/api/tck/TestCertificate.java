package qwormhole.api.tck;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key, made when it is needed: of an authority, or issued by one. Elliptic curve
 * P-256. Written by hand, so that the kit needs no library for it, nor a JDK's tools.
 */
public final class TestCertificate {
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final Duration DAY = Duration.ofDays(1);
  private static final char[] NO_PASSWORD = {};
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestCertificate(String name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  /** An authority that has signed itself. */
  public static TestCertificate authority(String name) {
    KeyPair keys = keys();
    byte[] isAuthority = extension(BASIC_CONSTRAINTS, Der.sequence(Der.yes()));
    return signed(name, keys, name, keys, now().minus(DAY), now().plus(DAY), isAuthority);
  }

  /** A certificate that is valid today. */
  public TestCertificate issue(String subject, String... hosts) {
    return issue(subject, now().minus(DAY), now().plus(DAY), hosts);
  }

  /**
   * A certificate by this authority.
   *
   * @param hosts names, and numeric addresses
   */
  public TestCertificate issue(String subject, Instant from, Instant to, String... hosts) {
    byte[][] names =
        Arrays.stream(hosts).map(TestCertificate::alternativeName).toArray(byte[][]::new);
    byte[] extension = extension(ALTERNATIVE_NAMES, Der.sequence(names));
    return signed(subject, keys(), name, keys, from, to, extension);
  }

  private static TestCertificate signed(
      String subject,
      KeyPair keys,
      String issuer,
      KeyPair issuerKeys,
      Instant from,
      Instant to,
      byte[] extension) {
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] content =
        Der.sequence(
            Der.constructed(0, Der.integer(2)),
            Der.integer(SERIALS.getAndIncrement()),
            algorithm,
            distinguishedName(issuer),
            Der.sequence(Der.time(from), Der.time(to)),
            distinguishedName(subject),
            keys.getPublic().getEncoded(),
            Der.constructed(3, Der.sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuerKeys.getPrivate());
      signature.update(content);
      byte[] der = Der.sequence(content, algorithm, Der.bits(signature.sign()));
      Certificate made =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return new TestCertificate(subject, keys, (X509Certificate) made);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] distinguishedName(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] alternativeName(String host) {
    if (!host.matches("[0-9.]+")) {
      return Der.context(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return Der.context(IP_ADDRESS, InetAddress.getByName(host).getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant now() {
    return Instant.now();
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A new PEM file with the certificate, which goes when the process ends. */
  public Path certificateFile() {
    return file("CERTIFICATE", encoded());
  }

  /** A new PEM file with the private key, its owner's alone, which goes when the process ends. */
  public Path keyFile() {
    return file("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path file(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    try {
      Path file = Files.createTempFile("qwormhole-tck-", ".pem"); // its owner's alone
      file.toFile().deleteOnExit();
      return Files.writeString(file, pem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The context of a peer that presents this certificate and trusts an authority. */
  public SSLContext context(TestCertificate trusted) {
    try {
      KeyStore own = emptyStore();
      own.setKeyEntry("own", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
      var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(own, NO_PASSWORD);
      KeyStore others = emptyStore();
      others.setCertificateEntry("trusted", trusted.certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(others);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
