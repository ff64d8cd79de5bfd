package qwormhole.api.internal.handshake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The times that a client puts into its signed handshakes: strictly increasing for each key, over all
 * clients of the process, since a server may know handshakes of one key by their time alone. They run
 * ahead of the clock by so much as handshakes come faster than one in a millisecond; where that would be
 * over {@link #MAX_AHEAD_MILLIS}, or the clock was set back by more, they begin anew at the clock. The
 * last {@link #MAX_KEYS} keys are remembered. Any thread.
 */
final class SigningTimes {
  static final int MAX_KEYS = 1024;
  static final long MAX_AHEAD_MILLIS = 10_000;

  private static final SigningTimes OF_PROCESS = new SigningTimes();

  private final Map<String, Long> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_KEYS;
        }
      };

  static SigningTimes ofProcess() {
    return OF_PROCESS;
  }

  /** The time of a handshake that is signed now. */
  synchronized long next(String publicKey, long nowMillis) {
    Long before = last.get(publicKey);
    boolean inTurn = before != null && before >= nowMillis && before < nowMillis + MAX_AHEAD_MILLIS;
    long time = inTurn ? before + 1 : nowMillis;
    last.put(publicKey, time);
    return time;
  }
}
