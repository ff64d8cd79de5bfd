/** What a transport provider implements: bytes only, in one page. */
package qwormhole.api.spi;
