/** A provider jar as a third party would build it: the image learns of it only through its folder. */
module dropin {
  requires qwormhole.api;

  provides qwormhole.api.spi.TransportProvider with
      dropin.DropinProvider;
}
