/**
 * The fallback scenario: a transport is killed under load, and every message is accounted for while
 * clients come back on another.
 */
package qwormhole.bench.fallback;
