/**
 * Measures QWormhole: {@code java -m qwormhole.bench [run|baseline|providers|selftest]}.
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

  opens qwormhole.bench to
      info.picocli;
  opens qwormhole.bench.micro.jmh_generated to
      jmh.core;
}
