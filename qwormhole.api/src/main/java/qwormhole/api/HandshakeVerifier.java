package qwormhole.api;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import qwormhole.api.error.ErrorCode;

/**
 * Decides whether a peer whose handshake passed every built-in check, that of its signature included,
 * may come in. It adds to those checks and cannot replace them. Called on the loop thread: decide at
 * once, or return a stage and complete it elsewhere; the peer's data waits meanwhile, bounded, and the
 * handshake deadline runs on. A stage that fails, or has no verdict, refuses.
 */
@FunctionalInterface
public interface HandshakeVerifier {

  /** Whether the peer may come in. */
  CompletionStage<Verdict> verify(PeerInfo peer, InetSocketAddress remote);

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

    /** The peer is rejected with {@code E_UNAUTHORIZED}. */
    public static Verdict reject(String reason) {
      return new Verdict(ErrorCode.E_UNAUTHORIZED, reason);
    }

    /** Whether the peer may come in. */
    public boolean isAccepted() {
      return code == null;
    }
  }

  /** A verifier that decides at once. */
  static HandshakeVerifier of(BiPredicate<PeerInfo, InetSocketAddress> allowed) {
    Objects.requireNonNull(allowed, "allowed");
    return (peer, remote) ->
        CompletableFuture.completedFuture(
            allowed.test(peer, remote) ? Verdict.accept() : Verdict.reject("not authorised"));
  }

  /** Asks this one, then the other if this one accepts. */
  default HandshakeVerifier and(HandshakeVerifier other) {
    Objects.requireNonNull(other, "other");
    return (peer, remote) ->
        verify(peer, remote)
            .thenCompose(
                verdict ->
                    verdict != null && verdict.isAccepted()
                        ? other.verify(peer, remote)
                        : CompletableFuture.completedFuture(verdict));
  }
}
