/**
 * The bench's workloads over something else, with the same messages and the same checks: what
 * QWormhole is measured in turn with.
 */
package qwormhole.compare;
