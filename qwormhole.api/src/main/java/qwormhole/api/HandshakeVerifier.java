package qwormhole.api;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import qwormhole.api.error.ErrorCode;

/**
 * Decides whether a peer whose handshake passed every built-in check, that of its signature included,
 * may come in. It adds to those checks and cannot replace them. Called on the loop thread: decide at
 * once, or return a stage and complete it elsewhere; the peer's data waits meanwhile, bounded, and the
 * handshake deadline runs on. One that throws, and a stage that fails or has no verdict, refuses with
 * {@code E_VERIFIER_FAILED}, after which the peer may try again.
 */
@FunctionalInterface
public interface HandshakeVerifier {

  /** Whether the peer may come in. */
  CompletionStage<Verdict> verify(Applicant applicant);

  /**
   * A peer that asks to come in.
   *
   * @param peer its whole handshake, and the key that it proved to have
   * @param remote its address
   * @param tls what TLS agreed on, the peer's certificates included; empty without TLS
   */
  record Applicant(PeerInfo peer, InetSocketAddress remote, Optional<TlsInfo> tls) {
    public Applicant {
      Objects.requireNonNull(peer, "peer");
      Objects.requireNonNull(tls, "tls");
    }
  }

  /**
   * A decision.
   *
   * @param code null to accept, else the code of the rejection; one that is not retryable stops the
   *     peer's reconnecting
   * @param reason told to peers that negotiate, escaped and cut
   */
  record Verdict(ErrorCode code, String reason) {
    private static final Verdict ACCEPTED = new Verdict(null, "");

    public Verdict {
      Objects.requireNonNull(reason, "reason");
    }

    /** The peer may come in. */
    public static Verdict accept() {
      return ACCEPTED;
    }

    /** The peer is rejected with {@code E_UNAUTHORIZED}, for good. */
    public static Verdict reject(String reason) {
      return new Verdict(ErrorCode.E_UNAUTHORIZED, reason);
    }

    /** Whether the peer may come in. */
    public boolean isAccepted() {
      return code == null;
    }
  }

  /** A verifier that decides at once. */
  static HandshakeVerifier of(Predicate<Applicant> allowed) {
    Objects.requireNonNull(allowed, "allowed");
    return applicant ->
        CompletableFuture.completedFuture(
            allowed.test(applicant) ? Verdict.accept() : Verdict.reject("not authorised"));
  }

  /** Asks this one, then the other if this one accepts. */
  default HandshakeVerifier and(HandshakeVerifier other) {
    Objects.requireNonNull(other, "other");
    return applicant ->
        verify(applicant)
            .thenCompose(
                verdict ->
                    verdict != null && verdict.isAccepted()
                        ? other.verify(applicant)
                        : CompletableFuture.completedFuture(verdict));
  }
}
