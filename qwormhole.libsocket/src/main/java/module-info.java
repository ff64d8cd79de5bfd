/**
 * The native provider over libsocket, id {@code libsocket}. It exports nothing; put it and JNA on
 * the module path and {@code qwormhole.api} finds it.
 */
module qwormhole.libsocket {
  requires qwormhole.api;
  requires com.sun.jna;

  provides qwormhole.api.spi.TransportProvider with
      qwormhole.libsocket.LibsocketTransportProvider;
}
