package qwormhole.lws;

import java.io.IOException;
import java.net.InetSocketAddress;
import qwormhole.api.spi.SocketOptions;

/** Opens, sets up and closes sockets. Thread-safe. */
final class Sockets {

  private static final int TCP_CLOSE = 7;
  private static final int DROPS_PER_TURN = 4;
  private static final int DROPPED_AT_ONCE = 1 << 20;
  private static final int STREAM = LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;

  private static final ThreadLocal<SocketAddresses> ADDRESSES =
      ThreadLocal.withInitial(SocketAddresses::new);
  private static final ThreadLocal<NativeBytes> VALUE =
      ThreadLocal.withInitial(() -> new NativeBytes(16));

  private Sockets() {}

  static SocketAddresses addresses() {
    return ADDRESSES.get();
  }

  static int listen(InetSocketAddress address, SocketOptions options) throws IOException {
    int family = SocketAddresses.family(address);
    int fd = socket(family);
    try {
      set(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
      if (options.receiveBufferBytes() > 0) {
        // Before bind: accepted sockets inherit it, in time for the window scale of the handshake.
        set(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, options.receiveBufferBytes());
      }
      int length = addresses().encode(address, family);
      check(LibC.bind(fd, addresses().address(), length));
      check(LibC.listen(fd, options.backlog()));
      return fd;
    } catch (IOException | RuntimeException e) {
      LibC.close(fd);
      throw e;
    }
  }

  /** A socket that has begun to connect. */
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
      LibC.close(fd);
      throw e;
    }
  }

  private static int socket(int family) throws IOException {
    int fd = LibC.socket(family, STREAM, 0);
    check(fd);
    if (family == LibC.AF_INET6) {
      set(fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 0); // as Java does: both, where it is any
    }
    return fd;
  }

  /** Ends a socket and keeps its descriptor, as that of a file which is never ready. */
  static void replace(int fd) {
    int file = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.TFD_NONBLOCK | LibC.TFD_CLOEXEC);
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

  /** Makes the close that follows a reset. */
  static void resetOnClose(int fd) {
    NativeBytes linger = VALUE.get();
    linger.bytes.putInt(0, 1).putInt(4, 0);
    LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_LINGER, linger.address, 8);
  }

  /** The error that the kernel keeps for a socket, or 0; asking clears it. */
  static int error(int fd) {
    return get(fd, LibC.SOL_SOCKET, LibC.SO_ERROR);
  }

  /** Why a socket is at its end without our doing: null when its peer ended it in order. */
  static IOException causeOfEnd(int fd) {
    int error = error(fd);
    if (error == 0 && (get(fd, LibC.IPPROTO_TCP, LibC.TCP_INFO) & 0xff) == TCP_CLOSE) {
      error = Errno.ECONNRESET; // a read has been told of the error, and it is gone with that
    }
    return error == 0 ? null : Errno.of(error, "the connection has failed");
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

  private static int get(int fd, int level, int name) {
    NativeBytes memory = VALUE.get();
    memory.bytes.putInt(0, 0).putInt(8, 4);
    LibC.getsockopt(fd, level, name, memory.address, memory.address + 8);
    return memory.bytes.getInt(0);
  }

  private static void check(int result) throws IOException {
    if (result < 0) {
      throw Errno.last();
    }
  }
}
