package qwormhole.lws;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Socket addresses in the form of the system. One object serves one thread. */
final class SocketAddresses {

  private static final int LENGTH_AT = 0;
  private static final int ADDRESS_AT = 8;
  private static final int ROOM = 28;
  private static final int MAPPED_AT = 18;

  private final NativeBytes memory = new NativeBytes(ADDRESS_AT + ROOM);

  /** Where the encoded address lies, or where a call is to put one. */
  long address() {
    return memory.address + ADDRESS_AT;
  }

  /** Where a call finds the room that there is and leaves the length that it used. */
  long lengthAddress() {
    memory.bytes.putInt(LENGTH_AT, ROOM);
    return memory.address + LENGTH_AT;
  }

  static int family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address ? LibC.AF_INET : LibC.AF_INET6;
  }

  /** Encodes for a socket of a family and returns the length. */
  int encode(InetSocketAddress from, int family) throws IOException {
    InetAddress host = from.getAddress();
    if (host == null) {
      throw new UnknownHostException("the address " + from + " is not resolved");
    }
    byte[] raw = host.getAddress();
    for (int i = 0; i < ROOM; i++) {
      memory.bytes.put(ADDRESS_AT + i, (byte) 0);
    }
    memory.bytes.putShort(ADDRESS_AT, (short) family);
    memory.bytes.order(ByteOrder.BIG_ENDIAN).putShort(ADDRESS_AT + 2, (short) from.getPort());
    memory.bytes.order(ByteOrder.nativeOrder());
    if (family == LibC.AF_INET) {
      if (raw.length != 4) {
        throw new IOException(from + " is no address of an IPv4 socket");
      }
      memory.bytes.put(ADDRESS_AT + 4, raw);
      return 16;
    }
    if (raw.length == 4) {
      memory.bytes.putShort(ADDRESS_AT + MAPPED_AT, (short) -1);
      memory.bytes.put(ADDRESS_AT + MAPPED_AT + 2, raw);
    } else {
      memory.bytes.put(ADDRESS_AT + 8, raw);
      memory.bytes.putInt(ADDRESS_AT + 24, ((Inet6Address) host).getScopeId());
    }
    return ROOM;
  }

  /** What a call has left here. */
  InetSocketAddress decode() throws IOException {
    int port =
        Short.toUnsignedInt(memory.bytes.order(ByteOrder.BIG_ENDIAN).getShort(ADDRESS_AT + 2));
    memory.bytes.order(ByteOrder.nativeOrder());
    boolean four = memory.bytes.getShort(ADDRESS_AT) == LibC.AF_INET;
    byte[] raw = new byte[four ? 4 : 16];
    memory.bytes.get(ADDRESS_AT + (four ? 4 : 8), raw);
    int scope = four ? 0 : memory.bytes.getInt(ADDRESS_AT + 24);
    InetAddress host =
        scope != 0 ? Inet6Address.getByAddress(null, raw, scope) : InetAddress.getByAddress(raw);
    return new InetSocketAddress(host, port);
  }

  InetSocketAddress local(int fd) throws IOException {
    if (LibC.getsockname(fd, address(), lengthAddress()) != 0) {
      throw Errno.last("no local address");
    }
    return decode();
  }

  InetSocketAddress remote(int fd) throws IOException {
    if (LibC.getpeername(fd, address(), lengthAddress()) != 0) {
      throw Errno.last("no peer");
    }
    return decode();
  }
}
