/**
 * What two peers say to each other before the first message: payloads, limits, schema and rules of
 * sections 2 and 4 of the wire protocol. Pure logic: bytes in, verdict out; no I/O, no threads of its own, the
 * clock and the randomness are given.
 */
package qwormhole.api.internal.handshake;
