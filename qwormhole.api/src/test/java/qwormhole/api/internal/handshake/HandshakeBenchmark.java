package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import qwormhole.api.handshake.Identity;
import qwormhole.api.handshake.PeerIdentity;

/** What a peer's handshake costs: each step for itself, of one that is signed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandshakeBenchmark {
  private static final String NONCE = Base64Text.encode(new byte[HandshakeSignature.NONCE_BYTES]);

  private final Identity identity = Identity.generate();
  private ObjectNode handshake;
  private ByteBuffer bytes;

  /** Makes and signs it. */
  @Setup
  public void setUp() throws HandshakeRejection {
    handshake =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "handshake")
            .put("version", "1.0.0")
            .put("ts", 1_700_000_000_000L)
            .put("sid", identity.peer().sid());
    handshake.putObject("tags").put("role", "sensor").put("room", 17);
    HandshakeSignature.sign(handshake, identity, NONCE);
    bytes = ByteBuffer.wrap(JavaScriptJson.text(handshake).getBytes(UTF_8));
    // What is measured must be what a server would accept.
    WireSchema.HANDSHAKE.check(StrictJson.parse(bytes));
    WireSchema.SIGNED_HANDSHAKE.check(StrictJson.parse(bytes));
    HandshakeSignature.verify(StrictJson.parse(bytes), Set.of(identity.peer()));
  }

  /** Bytes to a tree, strictly. */
  @Benchmark
  public ObjectNode parse() throws HandshakeRejection {
    return StrictJson.parse(bytes);
  }

  /** Against both JSON Schemas. */
  @Benchmark
  public ObjectNode validate() throws HandshakeRejection {
    WireSchema.HANDSHAKE.check(handshake);
    WireSchema.SIGNED_HANDSHAKE.check(handshake);
    return handshake;
  }

  /** The text that is signed. */
  @Benchmark
  public String canonical() {
    return JavaScriptJson.canonical(handshake);
  }

  /** Its members and the signature over them. */
  @Benchmark
  public ObjectNode sign() {
    HandshakeSignature.sign(handshake, identity, NONCE);
    return handshake;
  }

  /** Who signed it. */
  @Benchmark
  public PeerIdentity verify() throws HandshakeRejection {
    return HandshakeSignature.verify(handshake, Set.of());
  }
}
