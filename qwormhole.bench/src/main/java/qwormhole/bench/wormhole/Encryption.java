package qwormhole.bench.wormhole;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import qwormhole.api.TlsOptions;

/** TLS between a server and clients that were told its certificate. */
final class Encryption {
  private static final char[] NO_PASSWORD = {};

  private Encryption() {}

  static TlsOptions ofServer(SelfSigned own) {
    try {
      KeyStore store = emptyStore();
      Certificate[] chain = {own.certificate()};
      store.setKeyEntry("own", own.keys().getPrivate(), NO_PASSWORD, chain);
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return options(context).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Trusts this certificate and no other.
   *
   * @throws IOException when it is none
   */
  static TlsOptions ofClient(String certificate) throws IOException {
    try {
      KeyStore store = emptyStore();
      byte[] der = Base64.getDecoder().decode(certificate);
      store.setCertificateEntry("server", SelfSigned.read(der));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      // It names no host: it is trusted for what it is.
      return options(context).verifyHost(false).build();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the server's certificate cannot be read", e);
    }
  }

  private static TlsOptions.Builder options(SSLContext context) {
    return TlsOptions.builder().context(context).protocols("TLSv1.3");
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
