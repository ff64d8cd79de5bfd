/** The two sides of a workload over QWormhole, written as any application would write them. */
package qwormhole.bench.wormhole;
