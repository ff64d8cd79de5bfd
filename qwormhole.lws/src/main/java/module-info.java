/**
 * The native provider over libwebsockets, id {@code lws}. It exports nothing; put it and JNA on the
 * module path and {@code qwormhole.api} finds it.
 */
module qwormhole.lws {
  requires qwormhole.api;
  requires com.sun.jna;

  // JNA makes callbacks of an interface in it.
  opens qwormhole.lws to
      com.sun.jna;

  provides qwormhole.api.spi.TransportProvider with
      qwormhole.lws.LwsTransportProvider;
}
