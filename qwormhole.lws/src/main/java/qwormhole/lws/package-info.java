/**
 * Byte transport over libwebsockets. {@code Search} finds a library in {@code Places}, {@code
 * LwsLibrary} looks it over and knows its {@code Layout}. {@code LwsTransport} owns a fixed number of
 * {@code LwsLoop}s; each is one thread that serves one {@code LwsContext}. What the context watches
 * is a {@code Wsi}: an {@code LwsListener}, an {@code LwsConnect} while it connects, an {@code
 * LwsLink}, the {@code LingeringClose} that a link leaves behind, or the loop's {@code Alarm}.
 * Sockets are made, set up and written to with {@code LibC}; the library watches, reads and closes.
 */
package qwormhole.lws;
