package qwormhole.api.internal.session;

import java.net.InetSocketAddress;
import qwormhole.api.ServerOptions;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.spi.Acceptor;

/** The transport that a server listens through; its successors listen on the same address. Any thread. */
final class ServerTransport extends MovingTransport<ServerStation> {
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
    ServerStation station = new ServerStation(engine, this, options, address, acceptor);
    station.open(request, false, options.loops());
    address = station.address();
    served();
    return station;
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
