/** Placeholder. */
package qwormhole.api;
