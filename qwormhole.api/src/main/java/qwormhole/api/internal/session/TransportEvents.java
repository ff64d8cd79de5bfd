package qwormhole.api.internal.session;

import qwormhole.api.error.QWormholeException;

/** What an endpoint is told of the transport beneath it, on a thread that may wait. */
interface TransportEvents {

  /** The transport has died; one of the other two follows, unless the endpoint closes meanwhile. */
  void onProviderFailed(String mode, QWormholeException why);

  /** Another one has taken its place. */
  void onFailedOver(String fromMode, QWormholeException why);

  /** No other one has, or may. */
  void onTransportLost(QWormholeException why);
}
