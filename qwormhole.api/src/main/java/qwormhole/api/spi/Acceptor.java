package qwormhole.api.spi;

import java.net.InetSocketAddress;

/** The core's side of a listener. Called on a loop thread. */
@FunctionalInterface
public interface Acceptor {

  /**
   * Asked once for each accepted connection, before anything is read from it.
   *
   * @param remote the peer's address
   * @return the handler of the new link, whose {@code onOpen} is called next; or null to refuse: the
   *     provider closes the socket at once. An acceptor that throws has refused as well
   */
  LinkHandler accept(InetSocketAddress remote);
}
