package qwormhole.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.handshake.KeyFile;

/** Certificates and a private key in PEM files, read when a context is made of them. */
final class PemFiles {
  private static final int MAX_CERTIFICATE_FILE_BYTES = 4 << 20;
  private static final char[] NO_PASSWORD = {};

  private Path chain;
  private Path key;
  private Path trust;

  void certificate(Path chainFile, Path keyFile) {
    chain = chainFile;
    key = keyFile;
  }

  void trust(Path certificates) {
    trust = certificates;
  }

  boolean hasCertificate() {
    return chain != null;
  }

  boolean hasTrust() {
    return trust != null;
  }

  boolean isEmpty() {
    return chain == null && trust == null;
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw refused("this Java runtime cannot make a TLS context: " + e.getMessage(), e);
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    if (chain == null) {
      return new KeyManager[0];
    }
    List<X509Certificate> certificates = certificates(chain);
    PrivateKey privateKey = privateKey(certificates.get(0));
    KeyStore store = emptyStore();
    store.setKeyEntry("own", privateKey, NO_PASSWORD, certificates.toArray(new Certificate[0]));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Null for what the Java runtime trusts. */
  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    if (trust == null) {
      return null;
    }
    KeyStore store = emptyStore();
    for (X509Certificate certificate : certificates(trust)) {
      store.setCertificateEntry("trusted " + store.size(), certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_CERTIFICATE_FILE_BYTES + 1);
      if (content.length > MAX_CERTIFICATE_FILE_BYTES) {
        throw new IOException("it is over " + MAX_CERTIFICATE_FILE_BYTES + " bytes");
      }
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(content, "CERTIFICATE")) {
        var certificate = factory.generateCertificate(new ByteArrayInputStream(der));
        found.add((X509Certificate) certificate);
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw refused("the certificate file " + file + " cannot be read: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw refused("the file " + file + " holds no CERTIFICATE in PEM form", null);
    }
    return found;
  }

  private PrivateKey privateKey(X509Certificate certificate) {
    List<byte[]> keys;
    try {
      keys = blocks(KeyFile.read(key), "PRIVATE KEY");
    } catch (IOException e) {
      throw refused("the key file " + key + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw refused("the PRIVATE KEY in " + key + " is not base64", null);
    }
    if (keys.size() != 1) {
      throw refused(
          "the key file "
              + key
              + " holds no unencrypted PRIVATE KEY (PKCS#8) in PEM form, or several; openssl pkcs8"
              + " -topk8 -nocrypt writes one",
          null);
    }
    String algorithm = certificate.getPublicKey().getAlgorithm();
    try {
      PrivateKey read =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
      if (belongsTogether(read, certificate)) {
        return read;
      }
    } catch (GeneralSecurityException e) {
      // Said below; the cause might quote the key.
    }
    throw refused("the key in " + key + " is not that of the certificate in " + chain, null);
  }

  private static boolean belongsTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm();
    boolean withDigest = algorithm.equals("RSA") || algorithm.equals("EC");
    String name =
        withDigest ? "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : "RSA") : algorithm;
    byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(name);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(probe);
    return signature.verify(signed);
  }

  /** What lies between BEGIN and END lines of a type; other text is passed over. */
  private static List<byte[]> blocks(byte[] content, String type) {
    Matcher matcher =
        Pattern.compile("-----BEGIN " + type + "-----([^-]*)-----END " + type + "-----")
            .matcher(new String(content, StandardCharsets.ISO_8859_1));
    List<byte[]> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", "")));
    }
    return blocks;
  }

  private static QWormholeException refused(String detail, Throwable cause) {
    return new QWormholeException(ErrorCode.E_TLS, detail, cause);
  }
}
