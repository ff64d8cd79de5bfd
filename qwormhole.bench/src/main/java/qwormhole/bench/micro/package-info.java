/**
 * JMH micro-benchmarks. From the module path: {@code java -p <path> --add-modules qwormhole.bench -m
 * jmh.core/org.openjdk.jmh.Main}.
 */
package qwormhole.bench.micro;
