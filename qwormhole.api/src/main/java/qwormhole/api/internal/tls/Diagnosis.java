package qwormhole.api.internal.tls;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;

/** Says in one sentence what an engine threw, from what it was caused by. */
final class Diagnosis {
  private static final String ALERT = "Received fatal alert: ";
  private static final int MOST_CAUSES = 16;

  private Diagnosis() {}

  /** An end that names the fault; what is not about TLS stays as it is. */
  static IOException of(IOException thrown) {
    if (!(thrown instanceof SSLException)) {
      return thrown;
    }
    String text = String.valueOf(thrown.getMessage());
    int alert = text.indexOf(ALERT);
    if (alert >= 0) {
      return new TlsEnd(
          Initiator.PEER,
          ErrorCode.E_TLS,
          "the peer refused the TLS connection: " + text.substring(alert + ALERT.length()));
    }
    Throwable root = thrown;
    for (int i = 0; i < MOST_CAUSES; i++) {
      String known = certificateFault(root);
      if (known != null) {
        return TlsEnd.refused(known + ": " + root.getMessage());
      }
      if (root.getCause() == null) {
        break;
      }
      root = root.getCause();
    }
    return TlsEnd.refused("TLS failed: " + root.getMessage());
  }

  /** What it says of the peer's certificate, or null. */
  static String certificateFault(Throwable thrown) {
    if (thrown instanceof CertificateExpiredException) {
      return "the peer's certificate has expired";
    }
    if (thrown instanceof CertificateNotYetValidException) {
      return "the peer's certificate is not valid yet";
    }
    if (thrown instanceof CertPathBuilderException) {
      return "the peer's certificate is from an authority that is not trusted";
    }
    String text = String.valueOf(thrown.getMessage());
    boolean host = text.startsWith("No subject alternative") || text.startsWith("No name matching");
    return host && thrown.getCause() == null ? "the peer's certificate is for another host" : null;
  }
}
