/**
 * Byte transport over NIO. {@code JavaTransport} owns a fixed number of {@code EventLoop}s; each is
 * one thread with one {@code Selector} and one read buffer. What is registered with a selector is a
 * {@code KeyHandler}: a {@code NioListener}, a {@code NioConnect} while it connects, a {@code
 * NioLink}, or the {@code LingeringClose} that a link leaves behind.
 */
package qwormhole.java;
