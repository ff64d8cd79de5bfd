/** What is run, in which order and how often. */
package qwormhole.bench.scenario;
