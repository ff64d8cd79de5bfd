/**
 * The native provider over libsocket and epoll, id {@code libsocket}. It exports nothing; put it and
 * JNA on the module path and {@code qwormhole.api} finds it. The library is looked for where {@code
 * QWORMHOLE_LIBSOCKET_PATH} or {@code QWORMHOLE_NATIVE_PATH} says, in {@code jna.library.path} and in
 * the system's places.
 */
module qwormhole.libsocket {
  requires qwormhole.api;
  requires com.sun.jna;

  provides qwormhole.api.spi.TransportProvider with
      qwormhole.libsocket.LibsocketTransportProvider;
}
