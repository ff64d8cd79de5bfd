package qwormhole.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Children;
import qwormhole.bench.process.Pair;
import qwormhole.bench.process.RoundReport;
import qwormhole.bench.report.Settings;

/** One repeat: a new pair of processes, warm-up, and the round that counts. */
final class Trial {
  private static final double WARMUP_ROUND_SECONDS = 0.25;
  private static final double NANOS = 1e9;

  /** Slower than anything that is worth measuring: for deadlines before a rate is known. */
  private static final double SLOWEST_RATE = 1_000;

  private final Settings settings;
  private final SideSpec spec;
  private double rate;

  Trial(Settings settings, SideSpec spec) {
    this.settings = settings;
    this.spec = spec;
  }

  /** Runs it; every message of the round was right, or it throws. */
  RoundReport run(Children children, Pairing pairing) throws IOException {
    try (Pair pair = new Pair(children, spec.withContender(pairing.server()), pairing.client())) {
      warmUp(pair);
      return round(pair, messages());
    }
  }

  private void warmUp(Pair pair) throws IOException {
    long spent = 0;
    long budget = (long) (settings.warmupSeconds() * NANOS);
    long messages = spec.workload() == Workload.STREAM ? 1_000 : 100;
    // Without a warm-up one round is needed all the same where the rate decides the number.
    while (spent < budget || (settings.seconds() > 0 && rate == 0)) {
      long elapsed = round(pair, messages).elapsedNanos();
      spent += elapsed;
      messages = Math.max(messages, (long) (rate * WARMUP_ROUND_SECONDS));
    }
  }

  /** Messages on each connection. */
  private long messages() {
    return settings.seconds() > 0
        ? Math.max(1, (long) (rate * settings.seconds()))
        : settings.messagesOf(spec.workload());
  }

  private RoundReport round(Pair pair, long messages) throws IOException {
    double expectedSeconds = messages / (rate > 0 ? rate : SLOWEST_RATE);
    RoundReport round = pair.run(messages, Duration.ofSeconds(60 + (long) (10 * expectedSeconds)));
    String defect = round.defect(messages * spec.clients(), spec.size());
    if (defect != null) {
      throw new DefectException(defect);
    }
    rate = messages * NANOS / round.elapsedNanos();
    return round;
  }

  /** Messages were lost, doubled or damaged. */
  static final class DefectException extends IOException {
    private static final long serialVersionUID = 1L;

    DefectException(String message) {
      super(message);
    }
  }
}
