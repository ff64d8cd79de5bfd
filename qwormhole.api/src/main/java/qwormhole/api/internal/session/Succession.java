package qwormhole.api.internal.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import qwormhole.api.internal.select.SelectionRequest;
import qwormhole.api.internal.text.SafeText;

/**
 * The rules of a failover: who is asked for next, after which pause, and when it is given up.
 *
 * <ol>
 *   <li>At once: the candidates that have not died lately.
 *   <li>Where none of them serves: all, those that died included, at once for the first time and then
 *       with a pause that doubles from 20 ms to 2 s.
 *   <li>When none has served for {@code failoverTimeout} since the first death, the endpoint ends.
 * </ol>
 *
 * <p>A transport that serves ends the count of {@code failoverTimeout}; its own death begins another.
 * The pauses go on doubling across deaths until a transport has lived for ten seconds, so that
 * providers which all die at once do not keep a processor busy. Who died a minute ago is asked again
 * like any other. Any thread.
 */
final class Succession {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FORGIVEN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final SelectionRequest wanted;
  private final long timeoutNanos;
  private final Map<String, Death> deaths = new HashMap<>();
  private boolean everybody;
  private boolean serving = true;
  private long openedNanos;
  private long diedNanos;
  private int pauses;

  private record Death(long nanos, String reason) {}

  /**
   * The succession of an endpoint.
   *
   * @param wanted what the options ask for
   * @param timeout for how long none may serve
   */
  Succession(SelectionRequest wanted, Duration timeout) {
    this.wanted = wanted;
    this.timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout); // saturates
  }

  /** The transport of this provider has died. */
  synchronized void died(String id, Throwable cause, long now) {
    if (now - openedNanos >= STEADY_NANOS) {
      pauses = 0;
      serving = true;
    }
    if (serving) {
      serving = false;
      diedNanos = now;
    }
    deaths.values().removeIf(death -> now - death.nanos() >= FORGIVEN_NANOS);
    deaths.put(id, new Death(now, "died: " + SafeText.of(String.valueOf(cause))));
    everybody = false;
  }

  /** Whom to ask for now. */
  synchronized SelectionRequest next() {
    return everybody
        ? wanted
        : wanted.excluding(
            deaths.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, death -> death.getValue().reason())));
  }

  /** None of them serves. Returns the pause until all are asked, or a negative number: it is over. */
  synchronized long pauseNanos(long now) {
    long left = timeoutNanos - (now - diedNanos);
    if (left <= 0) {
      return -1;
    }
    everybody = true;
    long pause = pauses == 0 ? 0 : FIRST_PAUSE_NANOS << Math.min(pauses - 1, 10);
    pauses++;
    return Math.min(left, Math.min(pause, LONGEST_PAUSE_NANOS));
  }

  /** A transport has been opened. */
  synchronized void opened(long now) {
    openedNanos = now;
  }

  /** It has done what it was opened for: listened, or begun to connect. */
  synchronized void served() {
    serving = true;
  }
}
