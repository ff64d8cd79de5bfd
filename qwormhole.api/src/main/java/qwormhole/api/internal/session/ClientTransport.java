package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import qwormhole.api.ClientOptions;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport.PendingConnect;

/** The transport that a client connects through, its own or one that it shares. Any thread. */
final class ClientTransport extends MovingTransport<Station> {
  private final Engine engine;
  private final boolean shares;
  private final int loops;

  ClientTransport(Engine engine, boolean shares, ClientOptions<?> options, TransportEvents events) {
    super(Side.CLIENT, options, events);
    this.engine = engine;
    this.shares = shares;
    this.loops = options.loops();
  }

  @Override
  Station station(SelectionRequest request) {
    Station station = new Station(engine, this);
    station.open(request, shares, loops);
    return station;
  }

  /**
   * Begins to connect through a station of this client's. An exception that speaks of the address goes
   * to the handler; any other one is the provider's, and thrown: the caller holds its attempt and then
   * gives the station up as {@link Station#unfit}.
   */
  PendingConnect connect(
      Station station, InetSocketAddress remote, SocketOptions options, LinkHandler handler) {
    try {
      PendingConnect begun = station.selected().transport().connect(remote, options, handler);
      served();
      return begun;
    } catch (UnresolvedAddressException
        | UnsupportedAddressTypeException
        | SecurityException addressRefused) {
      handler.onClosed(addressRefused);
      return () -> {};
    }
  }
}
