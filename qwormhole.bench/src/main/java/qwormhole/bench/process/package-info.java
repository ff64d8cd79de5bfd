/**
 * Child processes: each side of a measurement runs in a JVM of its own, and talks to its parent in
 * JSON lines over standard input and output.
 */
package qwormhole.bench.process;
