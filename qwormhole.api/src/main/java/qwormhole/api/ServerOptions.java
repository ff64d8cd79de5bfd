package qwormhole.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import qwormhole.api.codec.Codec;

/**
 * Options of a server: {@code ServerOptions.builder(Codec.text()).port(9000).build()}.
 *
 * @param <M> the message type of the codec
 */
public final class ServerOptions<M> extends EndpointOptions<M> {
  private final Builder<M> from;

  private ServerOptions(Builder<M> builder) {
    super(builder);
    this.from = builder;
  }

  /** Starts from the defaults. */
  public static <M> Builder<M> builder(Codec<M> codec) {
    return new Builder<>(codec);
  }

  /** How many connections may have an accepted handshake at once. */
  public int maxClients() {
    return from.maxClients;
  }

  /** How many connections may be without an accepted handshake at once. */
  public int maxPending() {
    return from.maxPending;
  }

  /** Length of the listener's accept queue. */
  public int backlog() {
    return from.backlog;
  }

  /** Asked for each accepted socket, before anything is read. */
  public Optional<Predicate<InetSocketAddress>> connectionFilter() {
    return Optional.ofNullable(from.connectionFilter);
  }

  /** Asked after the built-in handshake checks. */
  public Optional<HandshakeVerifier> verifier() {
    return Optional.ofNullable(from.verifier);
  }

  /** Lets a client's signed handshake come more than once, over TLS. */
  public boolean acceptRepeatedHandshakes() {
    return from.acceptRepeatedHandshakes;
  }

  /** How long a resumable session waits for its client to come back. */
  public Duration sessionTimeout() {
    return from.sessionTimeout;
  }

  /** How many resumable sessions may be without a connection; the oldest end first. */
  public int maxSuspended() {
    return from.maxSuspended;
  }

  /** What sessions without a connection may hold together, in bytes; the oldest end first. */
  public long maxSuspendedBytes() {
    return from.maxSuspendedBytes;
  }

  /** Versions accepted; empty means the own version, or none named. */
  public Set<String> allowedVersions() {
    return from.allowedVersions;
  }

  /**
   * Collects a server's options.
   *
   * @param <M> the message type
   */
  public static final class Builder<M> extends EndpointOptions.Builder<M, Builder<M>> {
    private int maxClients = 10_000;
    private int maxPending = 256;
    private int backlog = 1024;
    private Duration sessionTimeout = Duration.ofSeconds(60);
    private int maxSuspended = 1024;
    private long maxSuspendedBytes = 64L << 20;
    private Predicate<InetSocketAddress> connectionFilter;
    private HandshakeVerifier verifier;
    private boolean acceptRepeatedHandshakes;
    private Set<String> allowedVersions = Set.of();

    private Builder(Codec<M> codec) {
      super(codec, Duration.ofSeconds(5));
    }

    @Override
    Builder<M> self() {
      return this;
    }

    /** See {@link ServerOptions#maxClients()}. 1 to 10 million; default 10 000. */
    public Builder<M> maxClients(int value) {
      maxClients = (int) range("maxClients", value, 1, 10_000_000);
      return this;
    }

    /** See {@link ServerOptions#maxPending()}. 1 to 1 million; default 256. */
    public Builder<M> maxPending(int value) {
      maxPending = (int) range("maxPending", value, 1, 1_000_000);
      return this;
    }

    /** See {@link ServerOptions#backlog()}. 1 to 65 535; default 1024. */
    public Builder<M> backlog(int value) {
      backlog = (int) range("backlog", value, 1, 65_535);
      return this;
    }

    /** See {@link ServerOptions#sessionTimeout()}. 1 ms to 1 day; default 60 s. */
    public Builder<M> sessionTimeout(Duration value) {
      sessionTimeout = duration("sessionTimeout", value, false);
      return this;
    }

    /** See {@link ServerOptions#maxSuspended()}. 0 to 1 million; default 1024. */
    public Builder<M> maxSuspended(int value) {
      maxSuspended = (int) range("maxSuspended", value, 0, 1_000_000);
      return this;
    }

    /** See {@link ServerOptions#maxSuspendedBytes()}. Default 64 MiB. */
    public Builder<M> maxSuspendedBytes(long value) {
      maxSuspendedBytes = range("maxSuspendedBytes", value, 0, Long.MAX_VALUE);
      return this;
    }

    /** See {@link ServerOptions#connectionFilter()}. Runs on a loop: decide at once. */
    public Builder<M> connectionFilter(Predicate<InetSocketAddress> value) {
      connectionFilter = Objects.requireNonNull(value, "connectionFilter");
      return this;
    }

    /** See {@link ServerOptions#verifier()}. Each call adds one: all must accept, in this order. */
    public Builder<M> verifier(HandshakeVerifier value) {
      Objects.requireNonNull(value, "verifier");
      verifier = verifier == null ? value : verifier.and(value);
      return this;
    }

    /**
     * See {@link ServerOptions#acceptRepeatedHandshakes()}. Default off. For clients of the published
     * implementation that share a key: its handshakes of one millisecond are equal. Needs {@link #tls},
     * under which nobody on the way can copy one; whoever was sent one may still use it, for the {@link
     * EndpointOptions#signatureWindow()}.
     */
    public Builder<M> acceptRepeatedHandshakes(boolean value) {
      acceptRepeatedHandshakes = value;
      return this;
    }

    /** See {@link ServerOptions#allowedVersions()}; a peer that names none is then refused. */
    public Builder<M> allowedVersions(Set<String> values) {
      allowedVersions = Set.copyOf(values);
      return this;
    }

    /** The options as they stand. */
    public ServerOptions<M> build() {
      ServerOptions<M> options = new ServerOptions<>(snapshot());
      boolean checksPeers =
          options.requireSignature()
              || !options.requiredCapabilities().isEmpty()
              || verifier != null;
      if (checksPeers && !options.handshake()) {
        throw new IllegalArgumentException(
            "requireSignature, allowedKeys, requireCapability and verifier need a handshake");
      }
      if (acceptRepeatedHandshakes && options.tls().isEmpty()) {
        throw new IllegalArgumentException("acceptRepeatedHandshakes needs tls");
      }
      options.tls().ifPresent(TlsOptions::checkServer);
      return options;
    }
  }
}
