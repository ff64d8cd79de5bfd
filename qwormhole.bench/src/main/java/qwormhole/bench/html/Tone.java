package qwormhole.bench.html;

import java.util.Map;
import java.util.Set;

/**
 * How a pairing looks in every chart: its colour says what carries the server, its dashes what
 * carries the client. Class names of the style sheet; what a file says never becomes one.
 */
final class Tone {
  private static final Set<String> KNOWN = Set.of("java", "lws", "libsocket", "bare");
  private static final Map<String, String> DASHES =
      Map.of(
          "java", "none",
          "bare", "none",
          "lws", "7 4",
          "libsocket", "2 3",
          "blocking", "none",
          "netty-nio", "none",
          "netty-epoll", "7 4",
          "netty-nio-tuned", "2 3");

  private Tone() {}

  /** The class of a colour. */
  static String of(String contender) {
    if (KNOWN.contains(contender)) {
      return "t-" + contender;
    }
    // The others that a comparison runs come in families, such as netty-nio and netty-epoll.
    if (contender.startsWith("netty")) {
      return "t-netty";
    }
    return contender.startsWith("blocking") ? "t-blocking" : "t-other";
  }

  /** The dashes of a line, as SVG wants them. */
  static String dashes(String contender) {
    return DASHES.getOrDefault(contender, "9 3 2 3");
  }
}
