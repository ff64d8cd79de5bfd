package qwormhole.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Pair;
import qwormhole.bench.process.RoundReport;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Settings;

/** One repeat: a new pair of processes, warm-up, and the round that counts. */
final class Trial {
  private static final double WARMUP_ROUND_SECONDS = 0.25;
  private static final double NANOS = 1e9;

  /** Slower than anything that is worth measuring: for deadlines before a rate is known. */
  private static final double SLOWEST_RATE = 1_000;

  private static final double SLOWEST_BYTES_PER_SECOND = 10e6;

  private static final int FIRST_CONNECTIONS = 50;

  private final Settings settings;
  private final SideSpec spec;

  /** Messages per second on each connection, or connections per second. */
  private double rate;

  Trial(Settings settings, SideSpec spec) {
    this.settings = settings;
    this.spec = spec;
  }

  /** Runs it; every message of the round was right, or it throws. */
  RoundReport run(Site site, Pairing pairing) throws IOException {
    try (Pair pair = site.pair(spec, pairing.server(), pairing.client())) {
      if (spec.workload() == Workload.CONNECT) {
        return connect(pair);
      }
      warmUp(pair);
      return round(pair, messages());
    }
  }

  /** The connections of the warm-up are closed before the memory is read that others will take. */
  private RoundReport connect(Pair pair) throws IOException {
    long budget = (long) (settings.warmupSeconds() * NANOS);
    long began = System.nanoTime();
    while (System.nanoTime() - began < budget) {
      long some = Math.min(spec.clients(), FIRST_CONNECTIONS);
      rate(some, checked(some, pair.run(some, patience(some))));
      pair.release();
    }
    long all = spec.clients();
    return checked(all, pair.runHolding(all, patience(all)));
  }

  private void warmUp(Pair pair) throws IOException {
    long spent = 0;
    long budget = (long) (settings.warmupSeconds() * NANOS);
    long messages = spec.workload().isEcho() ? 100 : firstMessages();
    // Without a warm-up one round is needed all the same where the rate decides the number.
    while (spent < budget || (settings.seconds() > 0 && rate == 0)) {
      long elapsed = round(pair, messages).elapsedNanos();
      spent += elapsed;
      messages = Math.max(messages, (long) (rate * WARMUP_ROUND_SECONDS));
    }
  }

  /** A thousand, or what makes 16 MiB of large ones. */
  private long firstMessages() {
    return Math.max(1, Math.min(1_000, (16L << 20) / spec.size()));
  }

  /** Messages on each connection. */
  private long messages() {
    return settings.seconds() > 0
        ? Math.max(1, (long) (rate * settings.seconds()))
        : settings.messages();
  }

  private RoundReport round(Pair pair, long messages) throws IOException {
    RoundReport round = pair.run(messages, patience(messages));
    checked(messages * spec.clients(), round);
    rate(messages, round);
    return round;
  }

  private void rate(long messages, RoundReport round) {
    rate = messages * NANOS / round.elapsedNanos();
  }

  private Duration patience(long messages) {
    double slowest =
        Math.min(SLOWEST_RATE, SLOWEST_BYTES_PER_SECOND / Math.max(1, spec.size()))
            / spec.clients();
    double expectedSeconds = messages / (rate > 0 ? rate : slowest);
    return Duration.ofSeconds(60 + (long) (10 * expectedSeconds));
  }

  private RoundReport checked(long expected, RoundReport round) throws IOException {
    String defect = round.defect(expected, spec.size());
    if (defect != null) {
      throw new DefectException(defect, round.counted());
    }
    return round;
  }

  /** Messages were lost, doubled or damaged. */
  static final class DefectException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Counts counts;

    DefectException(String message, Counts counts) {
      super(message);
      this.counts = counts;
    }

    Counts counts() {
      return counts;
    }
  }
}
