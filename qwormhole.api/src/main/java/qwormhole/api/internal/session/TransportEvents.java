package qwormhole.api.internal.session;

import java.time.Duration;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.select.SelectedTransport;

/** What an endpoint is told of the transport beneath it, on a thread that may wait but for one. */
interface TransportEvents {

  /** What carries the endpoint's connections from now on; told before the first of them. */
  void onCarriedBy(SelectedTransport selected);

  /** The transport has died; one of the other two follows, unless the endpoint closes meanwhile. */
  void onProviderFailed(String mode, QWormholeException why);

  /** Another one has taken its place. */
  void onFailedOver(String fromMode, QWormholeException why);

  /** No other one has, or may. */
  void onTransportLost(QWormholeException why);

  /** A handler keeps one of its loops from its work; on a thread that must not wait. */
  void onLoopBlocked(String loop, Duration since, String where);
}
