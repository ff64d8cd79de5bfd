/** One result against another: what changed by more than the repeats of both differ by themselves. */
package qwormhole.bench.compare;
