package qwormhole.api.tck.endpoint;

import java.time.Duration;
import java.time.Instant;
import qwormhole.api.TlsOptions;
import qwormhole.api.tck.TestCertificate;

/** Certificates of this process, good and bad ones. */
final class TlsCertificates {
  private static final Duration DAY = Duration.ofDays(1);

  static final TestCertificate AUTHORITY = TestCertificate.authority("tck authority");
  static final TestCertificate SERVER = AUTHORITY.issue("server", "localhost", "127.0.0.1");
  static final TestCertificate CLIENT = AUTHORITY.issue("client", "client.test");
  static final TestCertificate OTHER_HOST = AUTHORITY.issue("other", "other.test");
  static final TestCertificate STRANGER =
      TestCertificate.authority("another authority").issue("stranger", "127.0.0.1");

  private TlsCertificates() {}

  static TestCertificate expired() {
    Instant now = Instant.now();
    return AUTHORITY.issue("expired", now.minus(DAY), now.minusSeconds(60), "127.0.0.1");
  }

  static TestCertificate notYetValid() {
    Instant now = Instant.now();
    return AUTHORITY.issue("future", now.plus(DAY), now.plus(DAY).plus(DAY), "127.0.0.1");
  }

  /** A peer that presents this certificate and trusts the authority. */
  static TlsOptions.Builder with(TestCertificate own) {
    return TlsOptions.builder()
        .certificate(own.certificateFile(), own.keyFile())
        .trust(AUTHORITY.certificateFile());
  }

  /** A server that asks for no certificate. */
  static TlsOptions server() {
    return with(SERVER).build();
  }

  /** A client that has no certificate. */
  static TlsOptions.Builder client() {
    return TlsOptions.builder().trust(AUTHORITY.certificateFile());
  }
}
