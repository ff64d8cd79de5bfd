package qwormhole.api;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a peer whose handshake passed every built-in check may come in. Called on the loop
 * thread: decide at once, or return a stage and complete it elsewhere; the peer's data waits
 * meanwhile, bounded, and the handshake deadline runs on. A stage that fails refuses.
 */
@FunctionalInterface
public interface Authorizer {

  /** Whether the peer may come in; {@code false} rejects it with E_UNAUTHORIZED. */
  CompletionStage<Boolean> authorize(PeerInfo peer, InetSocketAddress remote);
}
