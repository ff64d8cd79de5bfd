package qwormhole.api.internal.session;

import java.time.Duration;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.spi.Transport;

/**
 * What an endpoint stands on: its place at a transport, its own or one that it shares. When the
 * transport dies the endpoint moves to another station. Any thread.
 */
class Station implements TransportUser {
  private final Engine engine;
  private final MovingTransport<?> endpoint;
  private volatile Engine.Lease lease; // null until it is open

  /**
   * A station that is not open.
   *
   * @param endpoint told when the transport dies, and of loops that are blocked
   */
  Station(Engine engine, MovingTransport<?> endpoint) {
    this.engine = engine;
    this.endpoint = endpoint;
  }

  /** Opens the first transport that serves, or joins those who share one. */
  final void open(SelectionRequest request, boolean shares, int loops) {
    lease = shares ? engine.share(request, loops, this) : engine.lease(request, loops, this);
  }

  @Override
  public void begin(Transport opened) throws Exception {}

  @Override
  public final void failed(Throwable cause) {
    endpoint.failed(this, cause);
  }

  @Override
  public final void move() {
    endpoint.move(this);
  }

  @Override
  public final void blocked(String loop, Duration since, String where) {
    endpoint.events().onLoopBlocked(loop, since, where);
  }

  final SelectedTransport selected() {
    return lease.selected();
  }

  /** The transport is not fit for use, as its provider's code has shown: it has failed. */
  final void unfit(Throwable cause) {
    lease.failed(cause);
  }

  /** The endpoint is carried by this from now on, and has been told. */
  void serve() {}

  /** Leaves the transport; its last user ends it and waits for its threads. */
  void leave(Duration grace) {
    lease.release(this, grace);
  }
}
