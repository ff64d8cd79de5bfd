package qwormhole.api.internal.session;

import qwormhole.api.ClientOptions;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;

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
    return new Station(engine, shares, request, loops, this::failed, events());
  }
}
