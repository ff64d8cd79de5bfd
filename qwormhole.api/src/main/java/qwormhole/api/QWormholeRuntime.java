package qwormhole.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import qwormhole.api.codec.Codec;
import qwormhole.api.internal.session.ClientEndpoint;
import qwormhole.api.internal.session.Engine;
import qwormhole.api.internal.session.ServerEndpoint;
import qwormhole.api.spi.TransportProvider;

/**
 * Makes servers and clients that share a timer thread and buffers, and clients that share a loop
 * thread; closing it closes them all. Methods may be called from any thread.
 */
public final class QWormholeRuntime implements AutoCloseable {
  private final Engine engine;
  private final Consumer<EndpointOptions.Builder<?, ?>> defaults;
  private final List<AutoCloseable> endpoints = new ArrayList<>();
  private boolean closed;

  /** A runtime whose options start from the library's defaults. */
  public QWormholeRuntime() {
    this(builder -> {});
  }

  /**
   * A runtime with defaults of its own, set on every builder that it hands out: {@code new
   * QWormholeRuntime(o -> o.protocolVersion("2.1.0").preferNative(true))}.
   */
  public QWormholeRuntime(Consumer<EndpointOptions.Builder<?, ?>> defaults) {
    this(defaults, (id, provider) -> provider);
  }

  /**
   * A runtime that puts something around each transport provider: to count, to slow down, to break.
   *
   * @param defaults set on every builder that this runtime hands out
   * @param decorator given the id and each provider that the selection constructs, and again whenever
   *     it does; what it returns takes its place, under the same id and priority. What it throws
   *     makes the provider unusable. A transport around another one has to pass on {@link
   *     qwormhole.api.spi.Transport#loops} and {@link qwormhole.api.spi.Link#sever}, or loops that
   *     hang are not noticed
   */
  public QWormholeRuntime(
      Consumer<EndpointOptions.Builder<?, ?>> defaults,
      BiFunction<String, TransportProvider, TransportProvider> decorator) {
    this.defaults = Objects.requireNonNull(defaults, "defaults");
    this.engine = new Engine(Objects.requireNonNull(decorator, "decorator"));
  }

  /** Server options that start from this runtime's defaults. */
  public <M> ServerOptions.Builder<M> serverOptions(Codec<M> codec) {
    ServerOptions.Builder<M> builder = ServerOptions.builder(codec);
    defaults.accept(builder);
    return builder;
  }

  /** Client options that start from this runtime's defaults. */
  public <M> ClientOptions.Builder<M> clientOptions(Codec<M> codec) {
    ClientOptions.Builder<M> builder = ClientOptions.builder(codec);
    defaults.accept(builder);
    return builder;
  }

  /** As {@link QWormhole#listen}, within this runtime. */
  public <M> QWormholeServer<M> listen(ServerOptions<M> options, ServerListener<M> listener) {
    synchronized (endpoints) {
      checkOpen();
      QWormholeServer<M> server = ServerEndpoint.listen(engine, false, options, listener);
      endpoints.add(server);
      var unused = server.closed().whenComplete((done, failure) -> forget(server));
      return server;
    }
  }

  /** As {@link QWormhole#client}, within this runtime. */
  public <M> QWormholeClient<M> client(ClientOptions<M> options, ClientListener<M> listener) {
    synchronized (endpoints) {
      checkOpen();
      QWormholeClient<M> client = new ClientEndpoint<>(engine, false, options, listener);
      endpoints.add(client);
      var unused = client.closed().whenComplete((done, failure) -> forget(client));
      return client;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the runtime has been closed");
    }
  }

  private void forget(AutoCloseable endpoint) {
    synchronized (endpoints) {
      endpoints.remove(endpoint);
    }
  }

  /** Closes clients and servers, each with its default grace, then the shared threads. Idempotent. */
  @Override
  public void close() {
    List<AutoCloseable> left;
    synchronized (endpoints) {
      closed = true;
      left = List.copyOf(endpoints);
    }
    // Clients first, so that they do not see their servers go and try to come back.
    for (AutoCloseable endpoint : left) {
      if (endpoint instanceof QWormholeClient<?> client) {
        client.close();
      }
    }
    for (AutoCloseable endpoint : left) {
      if (endpoint instanceof QWormholeServer<?> server) {
        server.close();
      }
    }
    engine.close();
  }
}
