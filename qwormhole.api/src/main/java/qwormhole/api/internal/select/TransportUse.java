package qwormhole.api.internal.select;

import qwormhole.api.spi.Transport;

/**
 * The purpose that a transport is opened for. A provider is chosen only when its transport serves it:
 * a server's has to listen.
 */
@FunctionalInterface
public interface TransportUse {

  /**
   * Puts an opened transport to use. When this fails the transport is closed and the next candidate's
   * is tried.
   *
   * @return the transport that is used in its place: the same, or one around it
   * @throws AddressException when the address given cannot be used, whichever provider is asked: no
   *     other one is tried
   * @throws Exception anything else, which makes the provider unfit
   */
  Transport begin(Transport opened) throws Exception;
}
