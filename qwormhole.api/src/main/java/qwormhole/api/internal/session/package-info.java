/** One connection's life, and the endpoints that own connections. */
package qwormhole.api.internal.session;
