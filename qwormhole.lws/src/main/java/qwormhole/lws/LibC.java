package qwormhole.lws;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The system calls of sockets. Addresses are {@code long}s: JNA passes those without an object. */
final class LibC {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_STREAM = 1;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_ERROR = 4;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_KEEPALIVE = 9;
  static final int SO_LINGER = 13;
  static final int IPPROTO_TCP = 6;
  static final int TCP_NODELAY = 1;
  static final int TCP_INFO = 11;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int SHUT_WR = 1;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int CLOCK_MONOTONIC = 1;
  static final int TFD_NONBLOCK = 0x800;
  static final int TFD_CLOEXEC = 0x80000;
  static final int O_CLOEXEC = 0x80000;

  static {
    Native.register(LibC.class, NativeLibrary.getInstance("c"));
  }

  private LibC() {}

  /** The error of this thread's last call. */
  static int errno() {
    return Native.getLastError();
  }

  static native int socket(int domain, int type, int protocol);

  static native int bind(int fd, long address, int length);

  static native int listen(int fd, int backlog);

  static native int connect(int fd, long address, int length);

  static native int accept4(int fd, long address, long length, int flags);

  static native int getsockname(int fd, long address, long length);

  static native int getpeername(int fd, long address, long length);

  static native int setsockopt(int fd, int level, int name, long value, int length);

  static native int getsockopt(int fd, int level, int name, long value, long length);

  static native int shutdown(int fd, int how);

  static native int dup3(int from, int to, int flags);

  static native int close(int fd);

  static native int getdtablesize();

  static native long send(int fd, long bytes, long count, int flags);

  static native long sendmsg(int fd, long message, int flags);

  static native long recv(int fd, long bytes, long count, int flags);

  static native long read(int fd, long bytes, long count);

  static native int timerfd_create(int clock, int flags);

  static native int timerfd_settime(int fd, int flags, long value, long before);

  static native String strerror(int error);

  /** With nothing to move it returns its first argument: the address of a callback's code. */
  static native long memmove(Callback to, long from, long count);
}
