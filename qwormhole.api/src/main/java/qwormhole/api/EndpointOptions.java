package qwormhole.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import qwormhole.api.codec.Codec;
import qwormhole.api.handshake.HandshakeMembers;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;
import qwormhole.api.telemetry.TelemetryListener;

/**
 * What servers and clients have in common. Immutable. The defaults stand in one place, in {@link
 * Builder}; a value out of range fails in the builder's setter or in {@code build()} with the
 * option's name and range.
 *
 * @param <M> the message type of the codec
 */
public abstract sealed class EndpointOptions<M> permits ServerOptions, ClientOptions {
  private final Builder<M, ?> from;

  EndpointOptions(Builder<M, ?> builder) {
    this.from = builder;
  }

  /** Turns messages into payloads and back. */
  public Codec<M> codec() {
    return from.codec;
  }

  /** Host name or numeric address: a server's to bind, a client's to connect to. */
  public String host() {
    return from.host;
  }

  /** TCP port; 0 lets a server take a free one. */
  public int port() {
    return from.port;
  }

  /** Name of the network interface whose first IPv4 address is bound. */
  public Optional<String> interfaceName() {
    return Optional.ofNullable(from.interfaceName);
  }

  /** How messages lie in the byte stream. */
  public Framing framing() {
    return from.framing;
  }

  /** Whether a handshake opens each connection. */
  public boolean handshake() {
    return from.handshake && from.framing == Framing.LENGTH_PREFIXED;
  }

  /** The protocol version that handshakes name. */
  public String protocolVersion() {
    return from.protocolVersion;
  }

  /** Tags that handshakes carry: string or number values. */
  public Map<String, Object> tags() {
    return from.tags;
  }

  /** Members that the application adds to own handshakes. */
  public HandshakeMembers handshakeMembers() {
    return from.handshakeMembers;
  }

  /** What own handshakes are signed with. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(from.identity);
  }

  /** Whether peers must sign their handshakes. */
  public boolean requireSignature() {
    return from.requireSignature || !from.allowedKeys.isEmpty();
  }

  /** The public keys that peers may sign with, in base64; empty for any key. */
  public Set<String> allowedKeys() {
    return from.allowedKeys;
  }

  /** How far the clock of a client that signs may be off, and how long its handshake is remembered. */
  public Duration signatureWindow() {
    return from.signatureWindow;
  }

  /** Capabilities without which a peer is refused. */
  public Set<String> requiredCapabilities() {
    return from.requiredCapabilities;
  }

  /** Whether peers that are able to shall say how many messages have been handled. */
  public boolean acknowledgements() {
    return from.acknowledgements;
  }

  /** Whether sessions shall outlive their connections where the peer is able to. */
  public boolean resumable() {
    return from.resumable;
  }

  /** How much a resumable session may hold that the peer has not acknowledged, in bytes. */
  public int replayBytes() {
    return from.replayBytes;
  }

  /** Whether messages shall carry a checksum where the peer is able to. */
  public boolean checksum() {
    return from.checksum;
  }

  /** Whether connections keep to their trust policy. */
  public boolean enforceTrust() {
    return from.enforceTrust;
  }

  /** How long a handshake may take in all. */
  public Duration handshakeTimeout() {
    return from.handshakeTimeout;
  }

  /** Without a byte from the peer for this long the connection ends; zero never. */
  public Duration idleTimeout() {
    return from.idleTimeout;
  }

  /** After this much silence a negotiated peer is pinged, and ended after two unanswered; zero never. */
  public Duration pingInterval() {
    return from.pingInterval;
  }

  /** How often a JSON ping frame goes to peers that do not negotiate; zero never. */
  public Duration legacyHeartbeat() {
    return from.legacyHeartbeat;
  }

  /** The largest payload, in bytes, both ways. */
  public int maxFrameBytes() {
    return from.maxFrameBytes;
  }

  /** How much one connection may hold that is not yet with the kernel, in bytes. */
  public int maxOutboundBytes() {
    return from.maxOutboundBytes;
  }

  /** Limit of what a connection sends. */
  public Optional<RateLimit> outboundRate() {
    return Optional.ofNullable(from.outboundRate);
  }

  /** Limit of what a connection reads. */
  public Optional<RateLimit> inboundRate() {
    return Optional.ofNullable(from.inboundRate);
  }

  /** Whether reading from a peer pauses while it does not take what it is sent. */
  public boolean autoPause() {
    return from.autoPause;
  }

  /** TLS on every connection. */
  public Optional<TlsOptions> tls() {
    return Optional.ofNullable(from.tls);
  }

  /** TCP keep-alive. */
  public boolean keepAlive() {
    return from.keepAlive;
  }

  /** TCP no-delay. */
  public boolean noDelay() {
    return from.noDelay;
  }

  /** Where handlers run, instead of on the loop. */
  public Optional<Executor> handlerExecutor() {
    return Optional.ofNullable(from.handlerExecutor);
  }

  /** Where telemetry goes. */
  public Optional<TelemetryListener> telemetry() {
    return Optional.ofNullable(from.telemetry);
  }

  /** Turns checking and telling of JSON messages of type intent, state, revelation or shard on. */
  public boolean observeScp() {
    return from.observeScp;
  }

  /** How often the traffic of a connection is sampled for its negentropy vector; zero never. */
  public Duration negentropyInterval() {
    return from.negentropyInterval;
  }

  /** Whether the endpoint is registered with the platform's MBean server. */
  public boolean jmx() {
    return from.jmx;
  }

  /** Loop threads of the transport. */
  public int loops() {
    return from.loops;
  }

  /** Only the Java provider. */
  public boolean forceJava() {
    return from.forceJava;
  }

  /** Native providers first, when said; otherwise properties and environment decide. */
  public Optional<Boolean> preferNative() {
    return Optional.ofNullable(from.preferNative);
  }

  /** The provider to try first. */
  public Optional<String> preferredBackend() {
    return Optional.ofNullable(from.preferredBackend);
  }

  /** The only provider allowed. */
  public Optional<String> requiredBackend() {
    return Optional.ofNullable(from.requiredBackend);
  }

  /** Whether the next provider takes over when the one that carries the bytes dies. */
  public boolean migrateOnFailure() {
    return from.migrateOnFailure;
  }

  /** For how long no provider may serve after one has died, until the endpoint closes. */
  public Duration failoverTimeout() {
    return from.failoverTimeout;
  }

  /** The local address to bind, for clients. */
  Optional<InetSocketAddress> local() {
    return Optional.ofNullable(from.local);
  }

  /**
   * Collects options; each is described at its accessor in {@link EndpointOptions}. Not thread-safe;
   * {@code build()} takes a snapshot.
   *
   * @param <M> the message type
   * @param <B> the builder's own type
   */
  public abstract static sealed class Builder<M, B extends Builder<M, B>> implements Cloneable
      permits ServerOptions.Builder, ClientOptions.Builder {
    private static final int MAX_FRAME_LIMIT = (1 << 30) - 4; // with its header a gigabyte

    private final Codec<M> codec;
    private String host = "127.0.0.1";
    private int port;
    private String interfaceName;
    InetSocketAddress local;
    private Framing framing = Framing.LENGTH_PREFIXED;
    private boolean handshake = true;
    private String protocolVersion = "1.0.0";
    private Map<String, Object> tags = Map.of();
    private HandshakeMembers handshakeMembers = HandshakeMembers.NONE;
    private Identity identity;
    private boolean requireSignature;
    private Set<String> allowedKeys = Set.of();
    private Duration signatureWindow = Duration.ofMinutes(5);
    private Set<String> requiredCapabilities = Set.of();
    private boolean acknowledgements;
    private boolean resumable;
    private int replayBytes = 8 << 20;
    private boolean checksum;
    private boolean enforceTrust;
    private Duration handshakeTimeout;
    private Duration idleTimeout = Duration.ZERO;
    private Duration pingInterval = Duration.ofSeconds(30);
    private Duration legacyHeartbeat = Duration.ZERO;
    private int maxFrameBytes = 4 << 20;
    private int maxOutboundBytes = 5 << 20;
    private RateLimit outboundRate;
    private RateLimit inboundRate;
    private boolean autoPause;
    private TlsOptions tls;
    private boolean keepAlive = true;
    private boolean noDelay = true;
    private Executor handlerExecutor;
    private TelemetryListener telemetry;
    private boolean observeScp;
    private Duration negentropyInterval = Duration.ZERO;
    private boolean jmx;
    private int loops = 1;
    private boolean forceJava;
    private Boolean preferNative;
    private String preferredBackend;
    private String requiredBackend;
    private boolean migrateOnFailure = true;
    private Duration failoverTimeout = Duration.ofSeconds(30);

    Builder(Codec<M> codec, Duration handshakeTimeout) {
      this.codec = Objects.requireNonNull(codec, "codec");
      this.handshakeTimeout = handshakeTimeout;
    }

    abstract B self();

    @SuppressWarnings("unchecked")
    B snapshot() {
      if (maxOutboundBytes < maxFrameBytes + 8L) {
        throw new IllegalArgumentException(
            "maxOutboundBytes must hold one frame: at least maxFrameBytes + 8 = "
                + (maxFrameBytes + 8L)
                + ", was "
                + maxOutboundBytes);
      }
      handshakeMembers.checkFor(identity);
      boolean speaks = handshake && framing == Framing.LENGTH_PREFIXED;
      if (!speaks && !(identity == null && handshakeMembers.isEmpty() && tags.isEmpty())) {
        throw new IllegalArgumentException(
            "identity, tags and handshakeMembers need a handshake, which there is none of "
                + (framing == Framing.NONE ? "with framing NONE" : "withoutHandshake()"));
      }
      try {
        return (B) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    /** See {@link EndpointOptions#host()}. Default 127.0.0.1. */
    public B host(String value) {
      host = nonBlank("host", value);
      return self();
    }

    /** See {@link EndpointOptions#port()}. 0 to 65 535; default 0. */
    public B port(int value) {
      port = (int) range("port", value, 0, 65_535);
      return self();
    }

    /** See {@link EndpointOptions#interfaceName()}; a name such as {@code eth0}. */
    public B interfaceName(String value) {
      interfaceName = nonBlank("interfaceName", value);
      return self();
    }

    /** See {@link EndpointOptions#framing()}. Default length-prefixed. */
    public B framing(Framing value) {
      framing = Objects.requireNonNull(value, "framing");
      return self();
    }

    /** No handshake: raw framed peers. Both sides must agree. */
    public B withoutHandshake() {
      handshake = false;
      return self();
    }

    /** See {@link EndpointOptions#protocolVersion()}. Default "1.0.0". */
    public B protocolVersion(String value) {
      protocolVersion = nonBlank("protocolVersion", value);
      return self();
    }

    /** See {@link EndpointOptions#tags()}. Values are strings or numbers. */
    public B tags(Map<String, ?> values) {
      Map<String, Object> copy = new LinkedHashMap<>();
      values.forEach(
          (name, value) -> {
            if (!(value instanceof String) && !(value instanceof Number)) {
              throw new IllegalArgumentException("tags." + name + " must be a string or a number");
            }
            copy.put(name, value);
          });
      tags = java.util.Collections.unmodifiableMap(copy);
      return self();
    }

    /**
     * See {@link EndpointOptions#handshakeMembers()}: {@code sid}, {@code nv}, {@code nIndex}, {@code
     * entropyMetrics} and members of the application's own; signed with the rest where there is a key.
     * Default none.
     */
    public B handshakeMembers(HandshakeMembers value) {
      handshakeMembers = Objects.requireNonNull(value, "handshakeMembers");
      return self();
    }

    /** See {@link EndpointOptions#identity()}. Default none: handshakes are not signed. */
    public B identity(Identity value) {
      identity = Objects.requireNonNull(value, "identity");
      return self();
    }

    /** See {@link EndpointOptions#requireSignature()}. Default off. */
    public B requireSignature(boolean value) {
      requireSignature = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#allowedKeys()}; {@link Identity#publicKey()} of each peer, at least
     * one. Peers must then sign.
     */
    public B allowedKeys(Set<String> values) {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("allowedKeys must name at least one key");
      }
      values.forEach(PeerIdentity::of);
      allowedKeys = Set.copyOf(values);
      return self();
    }

    /** See {@link EndpointOptions#signatureWindow()}. 1 ms to 1 day; default 5 min. */
    public B signatureWindow(Duration value) {
      signatureWindow = duration("signatureWindow", value, false);
      return self();
    }

    /**
     * See {@link EndpointOptions#requiredCapabilities()}. Each call adds one: a member of the peer's
     * {@code caps} such as {@code checksum}, with dots for members within members ({@code
     * transport.native}), and after a colon a value that it must be or list ({@code codecs:cbor}).
     */
    public B requireCapability(String value) {
      Set<String> more = new HashSet<>(requiredCapabilities);
      more.add(nonBlank("requireCapability", value));
      requiredCapabilities = Set.copyOf(more);
      return self();
    }

    /**
     * See {@link EndpointOptions#acknowledgements()}. Default off. On, {@link
     * Connection#unconfirmed()} says how many messages have an unknown fate when a connection is lost;
     * both sides acknowledge, every 256 messages, 64 KiB or 50 ms, at most once in a millisecond.
     */
    public B acknowledgements(boolean value) {
      acknowledgements = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#resumable()}. Default off. On both sides, a connection whose link is
     * lost goes on over the next one: every accepted message is handled exactly once and in order, as
     * long as both processes live and the client is back within the server's {@link
     * ServerOptions#sessionTimeout()}. A client that asks for it sends no message before the server has
     * answered or is taken for one that does not negotiate.
     */
    public B resumable(boolean value) {
      resumable = value;
      return self();
    }

    /** See {@link EndpointOptions#replayBytes()}. 64 KiB to 1 GiB; default 8 MiB. */
    public B replayBytes(int value) {
      replayBytes = (int) range("replayBytes", value, 64 << 10, 1 << 30);
      return self();
    }

    /**
     * See {@link EndpointOptions#checksum()}. Default off. A client that asks for it sends no message
     * before the server has answered or is taken for one that does not negotiate.
     */
    public B checksum(boolean value) {
      checksum = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#enforceTrust()}. Default off: the policy is advice. It is enforced on
     * connections of which one side asks for it: acknowledgements and checksums as far as both are able
     * to, and the batch. A client that asks sends no message before the server has answered.
     */
    public B enforceTrust(boolean value) {
      enforceTrust = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#handshakeTimeout()}. 1 ms to 10 min; default 5 s of a server and 10 s
     * of a client, which waits longer than a slow server takes to decide.
     */
    public B handshakeTimeout(Duration value) {
      handshakeTimeout = duration("handshakeTimeout", value, false);
      return self();
    }

    /** See {@link EndpointOptions#idleTimeout()}. Default zero, never. */
    public B idleTimeout(Duration value) {
      idleTimeout = duration("idleTimeout", value, true);
      return self();
    }

    /** See {@link EndpointOptions#pingInterval()}. Default 30 s; zero never pings. */
    public B pingInterval(Duration value) {
      pingInterval = duration("pingInterval", value, true);
      return self();
    }

    /** See {@link EndpointOptions#legacyHeartbeat()}. Default zero, never. */
    public B legacyHeartbeat(Duration value) {
      legacyHeartbeat = duration("legacyHeartbeat", value, true);
      return self();
    }

    /** See {@link EndpointOptions#maxFrameBytes()}. 0 to 1 GiB less 4; default 4 MiB. */
    public B maxFrameBytes(int value) {
      maxFrameBytes = (int) range("maxFrameBytes", value, 0, MAX_FRAME_LIMIT);
      return self();
    }

    /** See {@link EndpointOptions#maxOutboundBytes()}. At least a frame; default 5 MiB. */
    public B maxOutboundBytes(int value) {
      maxOutboundBytes = (int) range("maxOutboundBytes", value, 8, Integer.MAX_VALUE);
      return self();
    }

    /** See {@link EndpointOptions#outboundRate()}. Default unlimited. */
    public B outboundRate(long bytesPerSecond, long burstBytes) {
      outboundRate = new RateLimit(bytesPerSecond, burstBytes);
      return self();
    }

    /** See {@link EndpointOptions#inboundRate()}. Default unlimited. */
    public B inboundRate(long bytesPerSecond, long burstBytes) {
      inboundRate = new RateLimit(bytesPerSecond, burstBytes);
      return self();
    }

    /**
     * See {@link EndpointOptions#autoPause()}. Default off. Turn it on where handlers answer what they
     * are asked, such as an echo or a request server: replies then never meet a full buffer. Only one
     * of two peers may: two that both stop reading while they wait to be read wait for ever.
     */
    public B autoPause(boolean value) {
      autoPause = value;
      return self();
    }

    /** See {@link EndpointOptions#tls()}. Default none: bytes travel in the clear. */
    public B tls(TlsOptions value) {
      tls = Objects.requireNonNull(value, "tls");
      return self();
    }

    /** See {@link EndpointOptions#keepAlive()}. Default on. */
    public B keepAlive(boolean value) {
      keepAlive = value;
      return self();
    }

    /** See {@link EndpointOptions#noDelay()}. Default on. */
    public B noDelay(boolean value) {
      noDelay = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#handlerExecutor()}. Messages are then copied, at most 1 MiB of them
     * waits per connection, and order within a connection is kept.
     */
    public B handlerExecutor(Executor value) {
      handlerExecutor = Objects.requireNonNull(value, "handlerExecutor");
      return self();
    }

    /** See {@link EndpointOptions#telemetry()}. */
    public B telemetry(TelemetryListener value) {
      telemetry = Objects.requireNonNull(value, "telemetry");
      return self();
    }

    /**
     * See {@link EndpointOptions#observeScp()}. Default off. Each message that is a JSON object costs a
     * look for its type; one of these types that its schema refuses, or that is over 16 KiB, is reported
     * with E_INVALID_SCP and not delivered; so is one whose {@code sig} is not the peer's, where the peer
     * signed its handshake, which costs some 100 µs of the loop for each. Needs length-prefixed framing.
     */
    public B observeScp(boolean value) {
      observeScp = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#negentropyInterval()}. 100 ms to 1 day; default zero, never. A message
     * then costs a look at the clock and a copy of at most 256 bytes, a connection 3 KiB, and an endpoint
     * makes at most 100 samples a second.
     */
    public B negentropyInterval(Duration value) {
      duration("negentropyInterval", value, true);
      if (!value.isZero() && value.toMillis() < 100) {
        throw new IllegalArgumentException(
            "negentropyInterval must be 100 ms to 1 day, or zero, was " + value);
      }
      negentropyInterval = value;
      return self();
    }

    /** See {@link EndpointOptions#jmx()}. Default off. */
    public B jmx(boolean value) {
      jmx = value;
      return self();
    }

    /** See {@link EndpointOptions#loops()}. 1 to 256; default 1. */
    public B loops(int value) {
      loops = (int) range("loops", value, 1, 256);
      return self();
    }

    /** See {@link EndpointOptions#forceJava()}. Default off. */
    public B forceJava(boolean value) {
      forceJava = value;
      return self();
    }

    /** See {@link EndpointOptions#preferNative()}. */
    public B preferNative(boolean value) {
      preferNative = value;
      return self();
    }

    /** See {@link EndpointOptions#preferredBackend()}: a provider id such as {@code lws}. */
    public B preferredBackend(String id) {
      preferredBackend = nonBlank("preferredBackend", id);
      return self();
    }

    /** See {@link EndpointOptions#requiredBackend()}: no fallback, an error with every reason. */
    public B require(String id) {
      requiredBackend = nonBlank("require", id);
      return self();
    }

    /**
     * See {@link EndpointOptions#migrateOnFailure()}. Default on. A server listens on its address
     * again, a client reconnects as its policy says; the connections that there were are lost. Where
     * no other provider serves, the one that died is opened afresh. Off, the endpoint closes at once
     * with E_PROVIDER_FAILED.
     */
    public B migrateOnFailure(boolean value) {
      migrateOnFailure = value;
      return self();
    }

    /**
     * See {@link EndpointOptions#failoverTimeout()}. Default 30 s. The providers are tried again and
     * again meanwhile, with pauses of up to 2 s; then the endpoint closes with E_PROVIDER_FAILED. Zero
     * tries the others once, and none afresh.
     */
    public B failoverTimeout(Duration value) {
      failoverTimeout = duration("failoverTimeout", value, true);
      return self();
    }

    static long range(String option, long value, long min, long max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            option + " must be " + min + " to " + max + ", was " + value);
      }
      return value;
    }

    static Duration duration(String option, Duration value, boolean zeroAllowed) {
      Objects.requireNonNull(value, option);
      if (zeroAllowed && value.isZero()) {
        return value;
      }
      if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            option
                + " must be 1 ms to 1 day"
                + (zeroAllowed ? ", or zero" : "")
                + ", was "
                + value);
      }
      return value;
    }

    static String nonBlank(String option, String value) {
      if (Objects.requireNonNull(value, option).isBlank()) {
        throw new IllegalArgumentException(option + " must not be blank");
      }
      return value;
    }
  }
}
