package qwormhole.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import qwormhole.api.codec.Codec;

/**
 * Options of a client: {@code ClientOptions.builder(Codec.text()).host("10.0.0.7").port(9000).build()}.
 *
 * @param <M> the message type of the codec
 */
public final class ClientOptions<M> extends EndpointOptions<M> {
  private final Builder<M> from;

  private ClientOptions(Builder<M> builder) {
    super(builder);
    this.from = builder;
  }

  /** Starts from the defaults. */
  public static <M> Builder<M> builder(Codec<M> codec) {
    return new Builder<>(codec);
  }

  /** The limit of one attempt to connect, up to a link that is open, with TLS if there is any. */
  public Duration connectTimeout() {
    return from.connectTimeout;
  }

  /** When to try again. */
  public ReconnectPolicy reconnect() {
    return from.reconnect;
  }

  /** Whether the handshake asks for negotiation (control frames, reasons for a rejection). */
  public boolean negotiate() {
    return from.negotiate;
  }

  /**
   * After this much silence a client that asks for nothing but negotiation may send; an answer that
   * comes later is taken as one. Who asks for a session, checksums, enforced trust or a required
   * capability waits until {@link #handshakeTimeout()}.
   */
  public Duration answerTimeout() {
    return from.answerTimeout;
  }

  /** Whether messages of a lost session are sent again in the next one. */
  public boolean resendOnSessionLoss() {
    return from.resendOnSessionLoss;
  }

  /** The local address and port that are bound before connecting. */
  public Optional<InetSocketAddress> localAddress() {
    return local();
  }

  /**
   * Collects a client's options.
   *
   * @param <M> the message type
   */
  public static final class Builder<M> extends EndpointOptions.Builder<M, Builder<M>> {
    private Duration connectTimeout = Duration.ofSeconds(10);
    private ReconnectPolicy reconnect = ReconnectPolicy.DEFAULT;
    private boolean negotiate = true;
    private Duration answerTimeout = Duration.ofMillis(500);
    private boolean resendOnSessionLoss;

    private Builder(Codec<M> codec) {
      super(codec, Duration.ofSeconds(10));
    }

    @Override
    Builder<M> self() {
      return this;
    }

    /** See {@link ClientOptions#connectTimeout()}. Default 10 s. */
    public Builder<M> connectTimeout(Duration value) {
      connectTimeout = duration("connectTimeout", value, false);
      return this;
    }

    /** See {@link ClientOptions#reconnect()}. Default on: {@link ReconnectPolicy#DEFAULT}. */
    public Builder<M> reconnect(ReconnectPolicy value) {
      reconnect = Objects.requireNonNull(value, "reconnect");
      return this;
    }

    /** See {@link ClientOptions#negotiate()}. Default on; peers that cannot are served as well. */
    public Builder<M> negotiate(boolean value) {
      negotiate = value;
      return this;
    }

    /** See {@link ClientOptions#answerTimeout()}. Default 500 ms. */
    public Builder<M> answerTimeout(Duration value) {
      answerTimeout = duration("answerTimeout", value, false);
      return this;
    }

    /**
     * See {@link ClientOptions#resendOnSessionLoss()}. Default off. On, what the server had not
     * acknowledged when a resumable session was lost goes first in the next session: at least once,
     * since the server may have handled it before.
     */
    public Builder<M> resendOnSessionLoss(boolean value) {
      resendOnSessionLoss = value;
      return this;
    }

    /** See {@link ClientOptions#localAddress()}; port 0 takes a free one. */
    public Builder<M> localAddress(InetSocketAddress value) {
      local = Objects.requireNonNull(value, "localAddress");
      return this;
    }

    /** The options as they stand. */
    public ClientOptions<M> build() {
      ClientOptions<M> options = new ClientOptions<>(snapshot());
      boolean needsAnswer = options.requireSignature() || !options.requiredCapabilities().isEmpty();
      if (needsAnswer && !(options.handshake() && negotiate)) {
        throw new IllegalArgumentException(
            "requireSignature, allowedKeys and requireCapability need a handshake and negotiate(true):"
                + " without them a server says nothing of itself");
      }
      return options;
    }
  }
}
