package qwormhole.api.tck.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's own addresses, of either kind, whatever names it has. */
final class Loopback {
  static final InetAddress FOUR = of(127, 0, 0, 1);
  static final InetAddress SIX = of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private Loopback() {}

  private static InetAddress of(int... parts) {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
