package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import qwormhole.api.internal.select.SelectedTransport;
import qwormhole.api.internal.select.SelectionRequest;

/**
 * What an endpoint stands on: its place at a transport, its own or one that it shares. When the
 * transport dies the endpoint moves to another station. Any thread.
 */
class Station {
  private final Engine.Lease lease;
  private final Consumer<Throwable> onFailure;

  /**
   * Opens a transport, or joins those who share one.
   *
   * @param onFailure told when the transport dies
   */
  Station(
      Engine engine,
      boolean shares,
      SelectionRequest request,
      int loops,
      BiConsumer<Station, Throwable> onFailure) {
    this.onFailure = cause -> onFailure.accept(this, cause);
    this.lease =
        shares
            ? engine.share(request, loops, this.onFailure)
            : engine.lease(request, loops, this.onFailure);
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
    lease.release(onFailure, grace);
  }
}
