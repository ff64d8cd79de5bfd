package qwormhole.api.internal.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BiConsumer;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/** What a server stands on: a transport of its own, and the socket that listens there. Any thread. */
final class ServerStation extends Station {
  private final ServerOptions<?> options;
  private Listener socket; // guarded by this

  /** Opens a transport that does not listen yet. */
  ServerStation(
      Engine engine,
      SelectionRequest request,
      ServerOptions<?> options,
      BiConsumer<Station, Throwable> onFailure,
      TransportEvents events) {
    super(engine, false, request, options.loops(), onFailure, events);
    this.options = options;
  }

  /** Accepts connections from now on; returns the bound address. */
  InetSocketAddress listen(InetSocketAddress address, Acceptor acceptor) {
    SocketOptions socketOptions =
        new SocketOptions(null, options.keepAlive(), options.noDelay(), options.backlog(), 0, 0);
    try {
      Listener listening = selected().transport().listen(address, socketOptions, acceptor);
      synchronized (this) {
        socket = listening;
      }
      return listening.address();
    } catch (IOException e) {
      throw new QWormholeException(
          ErrorCode.E_BIND_FAILED, "cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Accepts nothing more; the connections live on. */
  void stopListening() {
    Listener listening;
    synchronized (this) {
      listening = socket;
    }
    if (listening != null) {
      listening.close();
    }
  }

  /** Accepts nothing more, and ends what is left of the connections. */
  @Override
  void leave(Duration grace) {
    stopListening();
    super.leave(grace);
  }
}
