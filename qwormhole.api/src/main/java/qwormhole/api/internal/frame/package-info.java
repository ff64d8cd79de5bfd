/** Bytes to frames and back: pure, without sockets or threads. */
package qwormhole.api.internal.frame;
