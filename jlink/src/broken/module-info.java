/** A provider jar that is broken. */
module broken {
  requires qwormhole.api;

  provides qwormhole.api.spi.TransportProvider with
      broken.BrokenProvider;
}
