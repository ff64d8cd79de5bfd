package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.spi.Acceptor;

/** The transport that a server listens through; its successors listen on the same address. Any thread. */
final class ServerTransport extends MovingTransport<ServerStation> {
  private static final long REBIND_PAUSE_MILLIS = 20;

  private final Engine engine;
  private final ServerOptions<?> options;
  private final Acceptor acceptor;
  private volatile InetSocketAddress address;

  /** A server's transport, which is to listen on this address. */
  ServerTransport(
      Engine engine,
      ServerOptions<?> options,
      InetSocketAddress wanted,
      Acceptor acceptor,
      TransportEvents events) {
    super(Side.SERVER, options, events);
    this.engine = engine;
    this.options = options;
    this.address = wanted;
    this.acceptor = acceptor;
  }

  @Override
  ServerStation station(SelectionRequest request) {
    return new ServerStation(engine, request, options, this::failed, events());
  }

  @Override
  void begin(ServerStation first) {
    try {
      address = first.listen(address, acceptor);
    } catch (RuntimeException | Error e) {
      first.leave(Duration.ZERO);
      throw e;
    }
  }

  @Override
  boolean goOn(ServerStation next) {
    long deadline = System.nanoTime() + LONGEST_MOVE_NANOS;
    while (true) {
      try {
        next.listen(address, acceptor);
        return true;
      } catch (QWormholeException e) {
        // A loop that hangs may hold the port for a moment longer than its transport was waited
        // for.
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      if (awaitEnd(REBIND_PAUSE_MILLIS)) {
        return false;
      }
    }
  }

  @SuppressWarnings("WaitNotInLoop") // a pause that a close cuts short
  private synchronized boolean awaitEnd(long millis) {
    try {
      if (!isClosed()) {
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return isClosed();
  }

  /** Accepts nothing more, and moves no more; {@link #leave} follows. */
  void stop() {
    end().stopListening();
  }

  /** The bound address, which stays. */
  InetSocketAddress address() {
    return address;
  }
}
