package qwormhole.api.internal.session;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Host and interface names to numeric addresses. */
final class Addresses {
  private Addresses() {}

  /** Resolves a host; may block on a name, never on a numeric address. */
  static InetAddress resolve(String host, ErrorCode failure) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new QWormholeException(failure, "the host name " + host + " cannot be resolved", e);
    }
  }

  /** Whether resolving cannot block. */
  static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** The first IPv4 address of a network interface. */
  static InetAddress ofInterface(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found == null) {
        throw new QWormholeException(
            ErrorCode.E_INTERFACE_NOT_FOUND, "there is no network interface " + name);
      }
      return found
          .inetAddresses()
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .orElseThrow(
              () ->
                  new QWormholeException(
                      ErrorCode.E_INTERFACE_NOT_FOUND,
                      "the network interface " + name + " has no IPv4 address"));
    } catch (SocketException e) {
      throw new QWormholeException(
          ErrorCode.E_INTERFACE_NOT_FOUND, "the network interface " + name + " is unreadable", e);
    }
  }

  /** What a server binds. */
  static InetSocketAddress toBind(qwormhole.api.ServerOptions<?> options) {
    InetAddress address =
        options
            .interfaceName()
            .map(Addresses::ofInterface)
            .orElseGet(() -> resolve(options.host(), ErrorCode.E_BIND_FAILED));
    return new InetSocketAddress(address, options.port());
  }

  /** What a client binds before it connects, or null. */
  static InetSocketAddress localOf(qwormhole.api.ClientOptions<?> options) {
    InetSocketAddress local = options.localAddress().orElse(null);
    if (options.interfaceName().isEmpty()) {
      return local;
    }
    InetAddress address = ofInterface(options.interfaceName().get());
    return new InetSocketAddress(address, local == null ? 0 : local.getPort());
  }
}
