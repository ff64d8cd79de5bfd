package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.LinkHandler;

/**
 * Holds the first connections of a listener until its server is carried by that transport and says so
 * in its telemetry: for the moment between two calls. Any thread.
 */
final class AcceptorGate implements Acceptor {
  /** A transport that is not chosen after all is closed meanwhile, and the connection with it. */
  private static final long LONGEST_MILLIS = 1000;

  private final Acceptor acceptor;
  private final CompletableFuture<Boolean> decided = new CompletableFuture<>();

  AcceptorGate(Acceptor acceptor) {
    this.acceptor = acceptor;
  }

  void open() {
    decided.complete(true);
  }

  /** Refuses what it holds, unless it has been opened before. */
  void close() {
    decided.complete(false);
  }

  @Override
  public LinkHandler accept(InetSocketAddress remote) {
    return isOpen() ? acceptor.accept(remote) : null;
  }

  private boolean isOpen() {
    try {
      return decided.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
