/**
 * Byte transport over libsocket and epoll. {@code Search} finds a library in {@code Places}, {@code
 * LibsocketLibrary} looks it over. {@code LibsocketTransport} owns a fixed number of {@code
 * EpollLoop}s; each is one thread with one {@code Epoll}. What a loop watches is a {@code Watched}: a
 * {@code LibsocketListener}, a {@code LibsocketConnect} while it connects, a {@code LibsocketLink},
 * or the {@code LingeringClose} that a link leaves behind. {@code Libsocket} listens, accepts, shuts
 * down and closes; connecting, waiting, reading and writing are calls of {@code LibC}.
 */
package qwormhole.libsocket;
