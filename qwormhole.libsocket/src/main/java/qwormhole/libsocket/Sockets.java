package qwormhole.libsocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import qwormhole.api.spi.SocketOptions;

/** Opens and sets up sockets, with libsocket wherever that is safe. Thread-safe. */
final class Sockets {

  private static final int DROPS_PER_TURN = 4;
  private static final int DROPPED_AT_ONCE = 1 << 20;
  private static final int FLAGS = LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;

  private static final ThreadLocal<SocketAddresses> ADDRESSES =
      ThreadLocal.withInitial(SocketAddresses::new);
  private static final ThreadLocal<NativeBytes> VALUE =
      ThreadLocal.withInitial(() -> new NativeBytes(16));

  private Sockets() {}

  static SocketAddresses addresses() {
    return ADDRESSES.get();
  }

  static int listen(InetSocketAddress address, SocketOptions options) throws IOException {
    // An InetSocketAddress has a port in range; libsocket would take what is over it modulo 65536.
    int fd =
        Libsocket.create_inet_server_socket(
            host(address), port(address), Libsocket.TCP, family(address), FLAGS);
    if (fd < 0 && LibC.errno() == Errno.EADDRINUSE) {
      fd = bindAgain(address);
    }
    check(fd);
    try {
      // Too late for this bind, but accepted sockets inherit it: without it on them, nobody could
      // bind
      // the port again while one is left, in TIME_WAIT or even open.
      set(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
      if (options.receiveBufferBytes() > 0) {
        // Accepted sockets inherit it.
        set(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, options.receiveBufferBytes());
      }
      // It listens already, with libsocket's own backlog of 128.
      check(LibC.listen(fd, options.backlog()));
      return fd;
    } catch (IOException e) {
      close(fd);
      throw e;
    }
  }

  /**
   * Binds what libsocket found in use. It does not set SO_REUSEADDR, and there is no way to set it
   * before its bind: so it refuses a port of which connections of a listener before are in
   * TIME_WAIT, which every other provider may bind. A port that is really taken is refused again.
   */
  private static int bindAgain(InetSocketAddress address) throws IOException {
    int family = SocketAddresses.family(address);
    int fd = socket(family);
    try {
      set(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
      int length = addresses().encode(address, family);
      check(LibC.bind(fd, addresses().address(), length));
      return fd;
    } catch (IOException e) {
      close(fd);
      throw e;
    }
  }

  /**
   * A socket that has begun to connect, made with the system's own calls. When libsocket's connect
   * fails at once, for want of a route for instance, it closes its descriptor twice: the second time
   * the number may already be that of another thread's. Its older versions also take a connect that
   * is under way for one that has failed, and it has no hook before the connect, where a local
   * address and a receive buffer are set, the latter in time for the handshake's window scale.
   */
  static int connect(InetSocketAddress remote, SocketOptions options) throws IOException {
    int family = SocketAddresses.family(remote);
    int fd = socket(family);
    try {
      if (options.receiveBufferBytes() > 0) {
        set(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, options.receiveBufferBytes());
      }
      InetSocketAddress local = options.local();
      if (local != null) {
        // A fixed port may still be in TIME_WAIT from the connection before this one.
        set(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, local.getPort() != 0 ? 1 : 0);
        int length = addresses().encode(local, family);
        if (LibC.bind(fd, addresses().address(), length) != 0) {
          throw Errno.last("cannot bind " + local);
        }
      }
      int length = addresses().encode(remote, family);
      if (LibC.connect(fd, addresses().address(), length) != 0
          && LibC.errno() != Errno.EINPROGRESS) {
        throw Errno.last("cannot connect to " + remote);
      }
      return fd;
    } catch (IOException | RuntimeException e) {
      close(fd);
      throw e;
    }
  }

  private static int socket(int family) throws IOException {
    int fd = LibC.socket(family, LibC.SOCK_STREAM | FLAGS, 0);
    check(fd);
    if (family == LibC.AF_INET6) {
      set(fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 0); // as Java does: both, where it is any
    }
    return fd;
  }

  /** Numeric: libsocket would ask the resolver for a name, and the loop would wait for it. */
  private static String host(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    return address.getAddress().getHostAddress();
  }

  private static String port(InetSocketAddress address) {
    return Integer.toString(address.getPort());
  }

  /** One family: for both, libsocket would try another address after the first. */
  private static byte family(InetSocketAddress address) {
    return SocketAddresses.family(address) == LibC.AF_INET ? Libsocket.IPV4 : Libsocket.IPV6;
  }

  /** A connection that waits to be accepted, or a negative number and an {@code errno}. */
  static int accept(int listening) {
    // Without room for the peer's name, or libsocket would look it up.
    return Libsocket.accept_inet_stream_socket(listening, 0, 0, 0, 0, 0, FLAGS);
  }

  /** Ends a socket and keeps its descriptor, as that of a file which is never ready. */
  static void replace(int fd) {
    int file = LibC.eventfd(0, LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC);
    if (file >= 0) {
      LibC.dup3(file, fd, LibC.O_CLOEXEC);
      LibC.close(file);
    }
  }

  /** The options that a connected socket has on either side. */
  static void prepare(int fd, SocketOptions options) {
    set(fd, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, options.noDelay() ? 1 : 0);
    set(fd, LibC.SOL_SOCKET, LibC.SO_KEEPALIVE, options.keepAlive() ? 1 : 0);
    if (options.sendBufferBytes() > 0) {
      set(fd, LibC.SOL_SOCKET, LibC.SO_SNDBUF, options.sendBufferBytes());
    }
  }

  static void close(int fd) {
    Libsocket.destroy_inet_socket(fd);
  }

  /** Makes the close that follows a reset. */
  static void resetOnClose(int fd) {
    NativeBytes linger = VALUE.get();
    linger.bytes.putInt(0, 1).putInt(4, 0);
    LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_LINGER, linger.address, 8);
  }

  /** The error that the kernel keeps for a socket, or 0; asking clears it. */
  static int error(int fd) {
    NativeBytes memory = VALUE.get();
    memory.bytes.putInt(0, 0).putInt(8, 4);
    LibC.getsockopt(fd, LibC.SOL_SOCKET, LibC.SO_ERROR, memory.address, memory.address + 8);
    return memory.bytes.getInt(0);
  }

  /** Throws away what has arrived; true when the peer has ended its side. */
  static boolean dropInput(int fd) {
    for (int i = 0; i < DROPS_PER_TURN; i++) {
      long count = LibC.recv(fd, 0, DROPPED_AT_ONCE, LibC.MSG_TRUNC | LibC.MSG_DONTWAIT);
      if (count <= 0) {
        return count == 0 || LibC.errno() != Errno.EAGAIN;
      }
    }
    return false;
  }

  private static void set(int fd, int level, int name, int value) {
    NativeBytes memory = VALUE.get();
    memory.bytes.putInt(0, value);
    // A socket that is gone is noticed elsewhere.
    LibC.setsockopt(fd, level, name, memory.address, 4);
  }

  private static void check(int result) throws IOException {
    if (result < 0) {
      throw Errno.last();
    }
  }
}
