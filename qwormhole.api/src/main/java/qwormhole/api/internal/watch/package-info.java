/**
 * Notices loop threads that hang in a provider's code, and plays the loop for their links; tells of
 * handlers that keep a loop from its work.
 */
package qwormhole.api.internal.watch;
