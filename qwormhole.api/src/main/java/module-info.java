/**
 * QWormhole: framed messages over interchangeable byte transports.
 *
 * <p>Start with {@code qwormhole.api.QWormhole}, which opens a {@code QWormholeServer} or makes a
 * {@code QWormholeClient} from immutable {@code ServerOptions} and {@code ClientOptions}; their peers
 * are {@code Connection}s. A transport is a module that provides {@code
 * qwormhole.api.spi.TransportProvider}; put at least {@code qwormhole.java} on the module path.
 */
module qwormhole.api {
  requires transitive com.fasterxml.jackson.databind;
  requires com.networknt.schema;
  requires java.management;
  requires jdk.jfr;
  requires static com.fasterxml.jackson.dataformat.cbor;
  requires static micrometer.core;

  exports qwormhole.api;
  exports qwormhole.api.codec;
  exports qwormhole.api.error;
  exports qwormhole.api.handshake;
  exports qwormhole.api.micrometer;
  exports qwormhole.api.spi;
  exports qwormhole.api.telemetry;

  uses qwormhole.api.spi.TransportProvider;
}
