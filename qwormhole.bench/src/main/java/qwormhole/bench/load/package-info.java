/** What is measured: workloads, messages that can be checked, and the two sides of a contender. */
package qwormhole.bench.load;
