/**
 * The Java provider, id {@code java}: TCP over non-blocking NIO channels, with nothing but the JDK.
 * It exports nothing; put it on the module path and {@code qwormhole.api} finds it.
 */
module qwormhole.java {
  requires qwormhole.api;

  provides qwormhole.api.spi.TransportProvider with
      qwormhole.java.JavaTransportProvider;
}
