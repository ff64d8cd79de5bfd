/**
 * The yardstick: a bare pair of {@link java.nio.channels.SocketChannel} loops that frames and
 * checks the same messages, one thread a side, and does nothing else.
 */
package qwormhole.bench.baseline;
