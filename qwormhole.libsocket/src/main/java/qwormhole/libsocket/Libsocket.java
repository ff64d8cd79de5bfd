package qwormhole.libsocket;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions and constants of libsocket that are used, from its {@code libinetsocket.h}. */
final class Libsocket {

  static final byte TCP = 1;
  static final byte IPV4 = 3;
  static final byte IPV6 = 4;
  static final int WRITE = 2;

  /** All that a library must have to be libsocket: it tells no name and no version. */
  static final String[] FUNCTIONS = {
    "create_inet_stream_socket",
    "create_inet_server_socket",
    "accept_inet_stream_socket",
    "shutdown_inet_stream_socket",
    "destroy_inet_socket",
    "get_address_family",
  };

  private Libsocket() {}

  static void bind(NativeLibrary library) {
    Native.register(Libsocket.class, library);
  }

  static native int create_inet_server_socket(
      String host, String service, byte protocol, byte family, int socketFlags);

  static native int accept_inet_stream_socket(
      int fd,
      long host,
      long hostBytes,
      long service,
      long serviceBytes,
      int flags,
      int socketFlags);

  static native int shutdown_inet_stream_socket(int fd, int sides);

  static native int destroy_inet_socket(int fd);
}
