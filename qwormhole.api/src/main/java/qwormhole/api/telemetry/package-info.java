/**
 * What operators see: events, counters and management beans, the same whichever provider carries the
 * connection.
 */
package qwormhole.api.telemetry;
