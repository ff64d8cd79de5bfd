/**
 * Who a peer is and what was agreed with it: keys, proven identities, negotiated capabilities, and
 * the trust policy that follows from the negentropic index.
 */
package qwormhole.api.handshake;
