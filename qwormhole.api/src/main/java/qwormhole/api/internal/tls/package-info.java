/**
 * TLS between a provider's link and the session, for every provider alike: ciphertext in, plain bytes
 * out, and the other way. Providers know nothing of it, and the session only what it ended of.
 */
package qwormhole.api.internal.tls;
