/** Text of unknown origin, made fit to be shown. */
package qwormhole.api.internal.text;
