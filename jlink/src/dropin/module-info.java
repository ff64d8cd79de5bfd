/** A provider jar as somebody else would make it. */
module dropin {
  requires qwormhole.api;

  uses qwormhole.api.spi.TransportProvider;

  provides qwormhole.api.spi.TransportProvider with
      dropin.DropinProvider;
}
