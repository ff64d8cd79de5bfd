package qwormhole.api;

import java.util.function.Consumer;
import qwormhole.api.internal.environment.EnvironmentDefaults;
import qwormhole.api.internal.select.ProviderSelector;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.select.Side;
import qwormhole.api.internal.session.ClientEndpoint;
import qwormhole.api.internal.session.Engine;
import qwormhole.api.internal.session.ServerEndpoint;

/**
 * The front door: opens servers and makes clients.
 *
 * <pre>{@code
 * var options = ServerOptions.builder(Codec.text()).port(9000).build();
 * var server = QWormhole.listen(options, ServerListener.of((peer, text) -> peer.send(text)));
 * }</pre>
 *
 * <p>Each endpoint has threads of its own, which end with it; where there are many, share them with a
 * {@link QWormholeRuntime}. Methods may be called from any thread.
 */
public final class QWormhole {
  private QWormhole() {}

  /**
   * Opens a server, which is bound and accepts when this returns.
   *
   * @throws qwormhole.api.error.QWormholeException with E_BIND_FAILED, E_INTERFACE_NOT_FOUND,
   *     E_PROVIDER_MISSING or E_NATIVE_UNAVAILABLE
   */
  public static <M> QWormholeServer<M> listen(
      ServerOptions<M> options, ServerListener<M> listener) {
    return ServerEndpoint.listen(new Engine(), true, options, listener);
  }

  /**
   * Makes a client, which connects when asked to.
   *
   * @throws qwormhole.api.error.QWormholeException with E_PROVIDER_MISSING or E_NATIVE_UNAVAILABLE
   */
  public static <M> QWormholeClient<M> client(
      ClientOptions<M> options, ClientListener<M> listener) {
    return new ClientEndpoint<>(new Engine(), true, options, listener);
  }

  /**
   * What the environment says about handshakes, to be set on a builder before the application's own
   * options, which beat it: {@code new QWormholeRuntime(QWormhole.environment())}, or {@code
   * QWormhole.environment().accept(builder)}. Each variable is also a system property, which beats it
   * ({@code QWORMHOLE_X_Y} is {@code qwormhole.x.y}); a malformed value is warned of once and ignored.
   *
   * <ul>
   *   <li>{@code QWORMHOLE_PROTOCOL_VERSION}: the version that handshakes name
   *   <li>{@code QWORMHOLE_HANDSHAKE_ALLOWED_VERSIONS}: versions that a server accepts, with commas
   *   <li>{@code QWORMHOLE_HANDSHAKE_REQUIRED_TAGS}: tags without which a server refuses a peer, each
   *       {@code key} or {@code key=value}, with commas
   *   <li>{@code QWORMHOLE_REQUIRE_HANDSHAKE}: 0 for a server of bare frames
   *   <li>{@code QWORMHOLE_BIND_HOST}: what a server binds
   * </ul>
   */
  public static Consumer<EndpointOptions.Builder<?, ?>> environment() {
    return new EnvironmentDefaults();
  }

  /** Which provider a server of default options would use here, and why not the others. */
  public static ProviderReport serverProviders() {
    return providers(Side.SERVER);
  }

  /** Which provider a client of default options would use here, and why not the others. */
  public static ProviderReport clientProviders() {
    return providers(Side.CLIENT);
  }

  /**
   * Which provider a server of these options would use here, and why not the others, as far as can be
   * told without opening one. {@code preferredBackend("lws")} asks after a native one by name, {@code
   * preferNative(true)} after any. It does not throw: where none can be used the report's mode is empty.
   */
  public static ProviderReport serverProviders(ServerOptions<?> options) {
    return ProviderSelector.system().report(Engine.request(Side.SERVER, options));
  }

  /** As {@link #serverProviders(ServerOptions)}, for a client. */
  public static ProviderReport clientProviders(ClientOptions<?> options) {
    return ProviderSelector.system().report(Engine.request(Side.CLIENT, options));
  }

  private static ProviderReport providers(Side side) {
    return ProviderSelector.system()
        .report(new SelectionRequest(side, false, null, null, null, java.util.Map.of()));
  }
}
