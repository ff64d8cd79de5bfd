/**
 * JMH micro-benchmarks of what the API offers, and the process that runs them together with those of
 * the core, which are in the test tree of {@code qwormhole.api}.
 */
package qwormhole.bench.micro;
