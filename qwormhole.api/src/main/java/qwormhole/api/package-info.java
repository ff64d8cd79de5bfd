/**
 * The API. {@link qwormhole.api.QWormhole} opens servers and makes clients, {@link
 * qwormhole.api.QWormholeRuntime} makes many that share threads; options are built with {@link
 * qwormhole.api.ServerOptions} and {@link qwormhole.api.ClientOptions}, events come to a {@link
 * qwormhole.api.ServerListener} or a {@link qwormhole.api.ClientListener}.
 */
package qwormhole.api;
