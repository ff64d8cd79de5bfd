/** What operators say about handshakes through environment variables and system properties. */
package qwormhole.api.internal.environment;
