package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.handshake.HandshakeSupport.answer;
import static qwormhole.api.internal.handshake.HandshakeSupport.client;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;
import static qwormhole.api.internal.handshake.HandshakeSupport.negotiating;
import static qwormhole.api.internal.handshake.HandshakeSupport.server;
import static qwormhole.api.internal.handshake.HandshakeSupport.withTags;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;

/**
 * Whatever becomes of a good payload on its way, the verdict is acceptance or a rejection, never
 * another exception. Replay a failure with {@code -Dqwormhole.test.seed=...} as printed.
 */
class HandshakeMutationTest {
  private static final int ROUNDS = 30_000;
  private static final Set<ErrorCode> CODES =
      Set.of(
          ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD,
          ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE,
          ErrorCode.E_PROTOCOL_VERSION);
  private static final String[] TOKENS = {
    "null",
    "true",
    "1e999",
    "-0.0",
    "1e-999",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"__proto__\":",
    "\"nonce\":\"x\",",
    "\"re\":1,",
    "\\ud800",
    "\\u0000",
    "\"scp\"",
    "\"caps\":[]",
    "\"version\":\"2\",",
    "\"type\":\"handshake\",",
    "\"tags\":{\"a\":null},",
    "99999999999999999999",
    "\u0000",
    "\uFEFF",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
  };

  private final long seed = Long.getLong("qwormhole.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void serverAcceptsOrRejects() {
    System.out.println("HandshakeMutationTest.serverAcceptsOrRejects seed " + seed);
    ServerHandshake server = server(negotiating());
    byte[] good = client(withTags(Map.of("a", 1, "b", "\u00e9\uD83D\uDE00"))).payload();
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = mutate(good);
      try {
        PeerHandshake peer = server.examine(frame(payload));
        accepted++;
        peer.info(true);
        if (peer.wantsAnswer()) {
          answer(server, peer);
        }
      } catch (HandshakeRejection rejection) {
        assertThat(rejection.code()).as(text(payload)).isIn(CODES);
        assertThat(rejection.reason())
            .as(text(payload))
            .matches("[^\\p{Cntrl}]{1,200}")
            .doesNotContain("${");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + text(payload), e);
      }
    }
    assertThat(accepted).as("mutants accepted, seed %d", seed).isBetween(1, ROUNDS - 1);
  }

  @Test
  void clientAlwaysHasAVerdict() throws HandshakeRejection {
    System.out.println("HandshakeMutationTest.clientAlwaysHasAVerdict seed " + seed);
    ClientHandshake client = client(negotiating());
    ServerHandshake server = server(negotiating());
    byte[] answer = answer(server, server.examine(frame(client.payload())));
    byte[] reject = ServerHandshake.reject(ErrorCode.E_PROTOCOL_VERSION, "no");
    int answers = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = mutate(round % 2 == 0 ? answer : reject);
      try {
        if (client.examine(frame(payload)) instanceof FirstFrame.Answer accepted) {
          answers++;
          accepted.peer().info(true);
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + text(payload), e);
      }
    }
    assertThat(answers).as("answers accepted, seed %d", seed).isBetween(1, ROUNDS - 1);
  }

  private byte[] mutate(byte[] good) {
    byte[] payload = good;
    for (int times = 1 + random.nextInt(3); times > 0 && payload.length > 0; times--) {
      int from = random.nextInt(payload.length);
      int to = Math.min(payload.length, from + random.nextInt(1 + random.nextInt(40)));
      payload =
          switch (random.nextInt(5)) {
            case 0 -> splice(payload, from, from + 1, randomBytes(1));
            case 1 -> splice(payload, from, to, new byte[0]);
            case 2 -> splice(payload, from, from, randomBytes(random.nextInt(8)));
            case 3 -> splice(payload, to, to, slice(payload, from, to));
            default ->
                splice(payload, from, to, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
          };
    }
    return payload;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static String text(byte[] payload) {
    return new String(payload, UTF_8);
  }
}
