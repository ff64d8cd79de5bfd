package qwormhole.api.internal.session;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.AddressException;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** What a server stands on: a transport of its own, and the socket that listens there. Any thread. */
final class ServerStation extends Station {
  private final InetSocketAddress address;
  private final SocketOptions options;
  private final Acceptor acceptor;

  // Guarded by this.
  private Listener socket;
  private AcceptorGate gate;

  /** A station that is not open, and is to listen on this address. */
  ServerStation(
      Engine engine,
      MovingTransport<?> endpoint,
      ServerOptions<?> options,
      InetSocketAddress address,
      Acceptor acceptor) {
    super(engine, endpoint);
    this.address = address;
    this.options =
        new SocketOptions(null, options.keepAlive(), options.noDelay(), options.backlog(), 0, 0);
    this.acceptor = acceptor;
  }

  /** Listens; connections that come at once are held until {@link #serve}. */
  @Override
  public void begin(Transport opened) throws Exception {
    if (address.getAddress().isMulticastAddress()) { // Linux binds it, and nobody ever connects
      throw refused("a multicast address", null);
    }
    AcceptorGate mine = new AcceptorGate(acceptor);
    try {
      Listener listening = opened.listen(address, options, mine);
      listening.address(); // what cannot tell where it listens does not
      synchronized (this) {
        socket = listening;
        gate = mine;
      }
    } catch (BindException
        | UnresolvedAddressException
        | UnsupportedAddressTypeException
        | SecurityException e) {
      throw refused(LinkEnds.textOf(e), e);
    }
  }

  private AddressException refused(String why, Exception cause) {
    return new AddressException(
        new QWormholeException(
            ErrorCode.E_BIND_FAILED, "cannot listen on " + address + ": " + why, cause));
  }

  @Override
  void serve() {
    gate().open();
  }

  private synchronized AcceptorGate gate() {
    return gate;
  }

  /** The bound address. */
  synchronized InetSocketAddress address() {
    return socket.address();
  }

  /** Accepts nothing more; the connections live on. */
  void stopListening() {
    Listener listening;
    synchronized (this) {
      listening = socket;
    }
    gate().close();
    listening.close();
  }

  /** Accepts nothing more, and ends what is left of the connections. */
  @Override
  void leave(Duration grace) {
    stopListening();
    super.leave(grace);
  }
}
