/** The only place that logs: one logger, escaped text, repeats held back. */
package qwormhole.api.internal.observe;
