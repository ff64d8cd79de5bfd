/** Events for operators: the same kinds whichever provider carries the connection. */
package qwormhole.api.telemetry;
