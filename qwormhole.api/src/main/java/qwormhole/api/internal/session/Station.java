package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.function.BiConsumer;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;

/**
 * What an endpoint stands on: its place at a transport, its own or one that it shares. When the
 * transport dies the endpoint moves to another station. Any thread.
 */
class Station implements TransportUser {
  private final Engine.Lease lease;
  private final BiConsumer<Station, Throwable> onFailure;
  private final TransportEvents events;

  /**
   * Opens a transport, or joins those who share one.
   *
   * @param onFailure told when the transport dies
   * @param events told of loops that are blocked
   */
  Station(
      Engine engine,
      boolean shares,
      SelectionRequest request,
      int loops,
      BiConsumer<Station, Throwable> onFailure,
      TransportEvents events) {
    this.onFailure = onFailure;
    this.events = events;
    this.lease = shares ? engine.share(request, loops, this) : engine.lease(request, loops, this);
  }

  @Override
  public final void failed(Throwable cause) {
    onFailure.accept(this, cause);
  }

  @Override
  public final void blocked(String loop, Duration since, String where) {
    events.onLoopBlocked(loop, since, where);
  }

  final SelectedTransport selected() {
    return lease.selected();
  }

  /** What to ask for when this station is lost. */
  final SelectionRequest successor() {
    return lease.successor();
  }

  /** Leaves the transport; its last user ends it and waits for its threads. */
  void leave(Duration grace) {
    lease.release(this, grace);
  }
}
