/**
 * Measures QWormhole: {@code java -m qwormhole.bench [command]}.
 *
 * <p>An ordinary user of the API. Nothing here is meant to be called from outside; what JMH runs
 * is reached by reflection.
 */
module qwormhole.bench {
  requires qwormhole.api;
  requires com.fasterxml.jackson.databind;
  requires com.networknt.schema;
  requires info.picocli;
  requires HdrHistogram;
  requires java.management;
  requires jdk.management;
  // What JMH's generated classes use.
  requires jmh.core;
  requires jdk.unsupported;

  uses qwormhole.bench.load.Contender;

  opens qwormhole.bench to
      info.picocli;
  opens qwormhole.bench.micro.jmh_generated to
      jmh.core;
}
