package qwormhole.api.internal.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BiConsumer;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/**
 * What a server stands on: a transport, and what depends on which one it is. When the transport dies
 * the server moves to another station. Any thread.
 */
final class Station implements TransportUser {
  private final ServerOptions<?> options;
  private final Engine.Lease lease;
  private final BiConsumer<Station, Throwable> onFailure;
  private final TransportEvents events;
  private Listener socket;

  /**
   * Opens a transport that does not listen yet.
   *
   * @param onFailure told when the transport dies
   * @param events told of loops that are blocked
   */
  Station(
      Engine engine,
      SelectionRequest request,
      ServerOptions<?> options,
      BiConsumer<Station, Throwable> onFailure,
      TransportEvents events) {
    this.options = options;
    this.onFailure = onFailure;
    this.events = events;
    this.lease = engine.lease(request, options.loops(), this);
  }

  @Override
  public void failed(Throwable cause) {
    onFailure.accept(this, cause);
  }

  @Override
  public void blocked(String loop, Duration since, String where) {
    events.onLoopBlocked(loop, since, where);
  }

  /** Accepts connections from now on; returns the bound address. */
  InetSocketAddress listen(InetSocketAddress address, Acceptor acceptor) {
    SocketOptions socketOptions =
        new SocketOptions(null, options.keepAlive(), options.noDelay(), options.backlog(), 0, 0);
    try {
      Listener listening = lease.selected().transport().listen(address, socketOptions, acceptor);
      synchronized (this) {
        socket = listening;
      }
      return listening.address();
    } catch (IOException e) {
      throw new QWormholeException(
          ErrorCode.E_BIND_FAILED, "cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  SelectedTransport selected() {
    return lease.selected();
  }

  /** What to ask for when this station is lost. */
  SelectionRequest successor() {
    return lease.successor();
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

  /** Ends the transport and what is left of its connections; waits for its threads. */
  void leave(Duration grace) {
    lease.release(this, grace);
  }
}
