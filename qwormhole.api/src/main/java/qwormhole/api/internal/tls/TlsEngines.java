package qwormhole.api.internal.tls;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import qwormhole.api.ClientOptions;
import qwormhole.api.EndpointOptions;
import qwormhole.api.ServerOptions;
import qwormhole.api.TlsInfo;
import qwormhole.api.TlsOptions;
import qwormhole.api.TlsOptions.ClientAuth;
import qwormhole.api.spi.LinkHandler;

/** TLS of one endpoint: makes an engine for each link, and judges what it agreed on. Any thread. */
public final class TlsEngines {
  private final TlsOptions options;
  private final EndpointOptions<?> endpoint;
  private final boolean isClient;
  private final TlsHost host;

  private TlsEngines(EndpointOptions<?> endpoint, boolean isClient, TlsHost host) {
    this.options = endpoint.tls().orElseThrow();
    this.endpoint = endpoint;
    this.isClient = isClient;
    this.host = host;
  }

  /** A server's, or null when it has no TLS. */
  public static TlsEngines of(ServerOptions<?> options, TlsHost host) {
    return options.tls().isPresent() ? new TlsEngines(options, false, host) : null;
  }

  /** A client's, or null when it has no TLS. */
  public static TlsEngines of(ClientOptions<?> options, TlsHost host) {
    return options.tls().isPresent() ? new TlsEngines(options, true, host) : null;
  }

  /** What to give to the transport in the session's place, for one link. */
  public TlsHandler guard(LinkHandler session) {
    return new TlsHandler(this, host, engine(), session);
  }

  Duration handshakeTimeout() {
    return endpoint.handshakeTimeout();
  }

  private SSLEngine engine() {
    SSLEngine engine =
        isClient
            ? options.context().createSSLEngine(endpoint.host(), endpoint.port())
            : options.context().createSSLEngine();
    engine.setUseClientMode(isClient);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(options.protocols().toArray(new String[0]));
    if (isClient) {
      parameters.setApplicationProtocols(options.alpn().toArray(new String[0]));
      serverName().ifPresent(name -> parameters.setServerNames(List.of(name)));
      parameters.setEndpointIdentificationAlgorithm(options.verifyHost() ? "HTTPS" : null);
    } else {
      parameters.setNeedClientAuth(options.clientAuth() == ClientAuth.NEED);
      if (options.clientAuth() == ClientAuth.WANT) {
        parameters.setWantClientAuth(true);
      }
      engine.setHandshakeApplicationProtocolSelector((self, offered) -> common(offered));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** The host's name for the server to choose its certificate by; none for an address. */
  private Optional<SNIHostName> serverName() {
    String name = endpoint.host();
    boolean numeric = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    try {
      return numeric ? Optional.empty() : Optional.of(new SNIHostName(name));
    } catch (IllegalArgumentException notAName) {
      return Optional
          .empty(); // such as one with an underscore: it resolves, and cannot be asked for
    }
  }

  /** The favourite that the client offers too; empty for none, which is no fault. */
  private String common(List<String> offered) {
    return options.alpn().stream().filter(offered::contains).findFirst().orElse("");
  }

  /**
   * The last judgement, when the handshake is complete: pins, and validity also where the certificate
   * itself is trusted, which the JDK does not look at then.
   */
  TlsInfo check(SSLEngine engine) throws TlsEnd {
    SSLSession session = engine.getSession();
    List<X509Certificate> chain = peerCertificates(session);
    if (!chain.isEmpty()) {
      checkValidity(chain.get(0));
    }
    String alpn = engine.getApplicationProtocol();
    TlsInfo info =
        new TlsInfo(
            session.getProtocol(),
            session.getCipherSuite(),
            Optional.ofNullable(alpn).filter(name -> !name.isEmpty()),
            chain);
    Optional<String> print = info.peerFingerprint256();
    if (!options.pins().isEmpty() && print.isPresent() && !options.pins().contains(print.get())) {
      throw TlsEnd.refused("the peer's certificate " + print.get() + " is not pinned");
    }
    return info;
  }

  private static void checkValidity(X509Certificate certificate) throws TlsEnd {
    try {
      certificate.checkValidity();
    } catch (CertificateException e) {
      throw TlsEnd.refused(Diagnosis.certificateFault(e) + ": " + e.getMessage());
    }
  }

  private static List<X509Certificate> peerCertificates(SSLSession session) {
    Certificate[] chain;
    try {
      chain = session.getPeerCertificates();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // a client that presented none, which the engine has allowed
    }
    return Stream.of(chain)
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }
}
