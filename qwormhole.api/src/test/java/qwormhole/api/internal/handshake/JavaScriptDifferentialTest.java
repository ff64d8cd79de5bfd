package qwormhole.api.internal.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Canonical JSON beside what JavaScript itself prints. */
class JavaScriptDifferentialTest {
  private static final int DOUBLES = 100_000;
  private static final int OBJECTS = 5_000;
  private static final long SEED = Long.getLong("qwormhole.seed", System.nanoTime());

  /** A line of 16 hexadecimal digits is the bits of a double, any other is JSON. */
  private static final String SCRIPT =
      """
      const bits = new DataView(new ArrayBuffer(8));
      const sorted = v =>
        Array.isArray(v) ? v.map(sorted)
        : v !== null && typeof v === 'object'
        ? Object.keys(v).sort().reduce((o, k) => { o[k] = sorted(v[k]); return o; }, {})
        : v;
      const answer = line => {
        if (line[0] !== '{') {
          bits.setBigUint64(0, BigInt('0x' + line));
          return JSON.stringify(bits.getFloat64(0));
        }
        return JSON.stringify(sorted(JSON.parse(line)));
      };
      const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
      lines.pop();
      process.stdout.write(lines.map(answer).join('\\n') + '\\n');
      """;

  @Test
  void numbersArePrintedAsJavaScriptPrintsThem() throws Exception {
    Random random = new Random(SEED);
    List<Double> doubles = new ArrayList<>(edges());
    while (doubles.size() < DOUBLES) {
      doubles.add(number(random));
    }
    List<String> lines =
        doubles.stream().map(d -> "%016x".formatted(Double.doubleToRawLongBits(d))).toList();

    List<String> expected = NodeProcess.answers(SCRIPT, lines);

    assertThat(expected).hasSize(DOUBLES);
    for (int i = 0; i < DOUBLES; i++) {
      assertThat(EcmaNumber.print(doubles.get(i)))
          .as("double %s, -Dqwormhole.seed=%d", lines.get(i), SEED)
          .isEqualTo(expected.get(i));
    }
  }

  @Test
  void objectsAreSortedAndEscapedAsJavaScriptDoes() throws Exception {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      StringBuilder json = new StringBuilder();
      object(random, 0, json);
      lines.add(json.toString());
    }

    List<String> expected = NodeProcess.answers(SCRIPT, lines);

    assertThat(expected).hasSize(OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(
              JavaScriptJson.canonical(
                  StrictJson.parse(ByteBuffer.wrap(lines.get(i).getBytes(UTF_8)))))
          .as("object %s, -Dqwormhole.seed=%d", lines.get(i), SEED)
          .isEqualTo(expected.get(i));
    }
  }

  /** Where printing changes its form, and where the rounding interval has odd sides. */
  private static List<Double> edges() {
    List<Double> edges =
        new ArrayList<>(
            List.of(
                0.0,
                -0.0,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY));
    for (int n = 1; n <= 2_000; n++) {
      edges.add(n * Double.MIN_VALUE);
    }
    for (int e = -1074; e <= 1023; e++) {
      double power = Math.scalb(1.0, e);
      edges.addAll(List.of(power, -power, Math.nextUp(power), Math.nextDown(power)));
    }
    for (int e = -330; e <= 308; e++) {
      double power = Double.parseDouble("1e" + e);
      edges.addAll(List.of(power, 5 * power, 9.5 * power, Math.nextUp(power)));
    }
    return edges;
  }

  private static double number(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(-1_000_000, 1_000_000) / 1000.0;
      case 1 -> random.nextLong();
      case 2 -> random.nextDouble();
      case 3 -> Double.parseDouble(random.nextInt(100) + "e" + random.nextInt(-330, 310));
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private static void object(Random random, int depth, StringBuilder out) {
    List<String> names = new ArrayList<>();
    out.append('{');
    for (int i = random.nextInt(7); i > 0; i--) {
      String name = name(random);
      if (!names.contains(name)) {
        out.append(names.isEmpty() ? "" : ",").append(quoted(name)).append(':');
        names.add(name);
        value(random, depth + 1, out);
      }
    }
    out.append('}');
  }

  private static void value(Random random, int depth, StringBuilder out) {
    switch (random.nextInt(depth < 5 ? 7 : 5)) {
      case 0 -> out.append(quoted(name(random)));
      case 1 -> out.append(random.nextBoolean());
      case 2 -> out.append("null");
      case 3 -> out.append(random.nextLong() >> random.nextInt(64));
      case 4 -> {
        double number = number(random);
        out.append(Double.isFinite(number) ? number : 0);
      }
      case 5 -> object(random, depth, out);
      default -> {
        out.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
          value(random, depth + 1, out);
          out.append(i > 1 ? "," : "");
        }
        out.append(']');
      }
    }
  }

  /** Array indices and what only looks like one, and characters of every width. */
  private static String name(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> String.valueOf(random.nextInt(20));
      case 1 -> String.valueOf(4_294_967_290L + random.nextInt(12));
      case 2 -> List.of("01", "-1", "1.5", "1e3", "00", "", "+1").get(random.nextInt(7));
      case 3 -> String.valueOf(random.nextInt(Integer.MAX_VALUE));
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
          int[] widths = {0x20, 0x80, 0x800, 0x3000, 0xD800, 0x10000, 0x110000};
          int point = random.nextInt(widths[random.nextInt(widths.length)]);
          boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
          text.appendCodePoint(surrogate ? '\uFFFD' : point);
        }
        yield text.toString();
      }
    };
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
      out.append(plain ? String.valueOf(c) : "\\u%04X".formatted((int) c));
    }
    return out.append('"').toString();
  }
}
