package qwormhole.lws;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;

/** Error numbers of Linux, and the exceptions that Java has for them. */
final class Errno {

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ECONNABORTED = 103;
  static final int ECONNRESET = 104;
  static final int EINPROGRESS = 115;

  private static final int EACCES = 13;
  private static final int ENETUNREACH = 101;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTUNREACH = 113;

  private Errno() {}

  /** Of the calling thread's last call. */
  static IOException last(String what) {
    return of(LibC.errno(), what);
  }

  /** Of the calling thread's last call, for callers that say what it was about. */
  static IOException last() {
    int error = LibC.errno();
    return exception(error, LibC.strerror(error));
  }

  static IOException of(int error, String what) {
    return exception(error, what + ": " + LibC.strerror(error));
  }

  private static IOException exception(int error, String text) {
    return switch (error) {
      case EACCES, EADDRINUSE, EADDRNOTAVAIL -> new BindException(text);
      case ECONNREFUSED, ETIMEDOUT -> new ConnectException(text);
      case EHOSTUNREACH, ENETUNREACH -> new NoRouteToHostException(text);
      default -> new SocketException(text);
    };
  }
}
