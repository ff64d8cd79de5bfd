/** Turning messages into bytes and back. */
package qwormhole.api.codec;
