package qwormhole.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import qwormhole.bench.baseline.BareWrites;
import qwormhole.bench.baseline.PlainStream;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.LoneServer;
import qwormhole.bench.process.RoundReport;
import qwormhole.bench.process.Site;
import qwormhole.bench.report.Format;
import qwormhole.bench.report.Interval;
import qwormhole.bench.report.Settings;

/**
 * Whether the bench tells the truth: the bare pair's stream as the bench measures it, in turn with the
 * same stream by {@link PlainStream} and its clock.
 */
public final class CrossCheck {
  /** How far the two may be apart. */
  private static final double TOLERANCE = 0.10;

  private static final int SIZE = 1024;
  private static final long MESSAGES = 3_000_000;
  private static final long WARMUP_MESSAGES = 200_000;
  private static final long WARMUP_NANOS = 1_000_000_000;
  private static final int PAIRS = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private final Consumer<String> log;

  /** Whether a ratio is near enough to one. */
  public static boolean isWithin(double ratio) {
    return Math.abs(ratio - 1) <= TOLERANCE;
  }

  /** {@code log} is told each pair's rates in a line. */
  public CrossCheck(Site site, Consumer<String> log) {
    this.site = site;
    this.log = log;
  }

  /**
   * The bench's rate over the plain one, pair by pair.
   *
   * @throws IOException when a message was lost, doubled or damaged, or a process failed
   */
  public Interval run() throws IOException {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      // Whoever goes first has no advantage in the end.
      double plain = i % 2 == 0 ? plain() : 0;
      double bench = bench();
      plain = i % 2 == 0 ? plain : plain();
      ratios.add(bench / plain);
      log.accept(
          "the bench says %s msg/s, the plain client %s"
              .formatted(Format.count(bench), Format.count(plain)));
    }
    return Interval.ofRatios(ratios);
  }

  private double bench() throws IOException {
    RoundReport round = new Trial(settings(), spec()).run(site, Pairing.BARE);
    return round.rate();
  }

  private double plain() throws IOException {
    try (LoneServer server = site.server(spec().withContender(SideSpec.BARE));
        PlainStream client = new PlainStream(SideSpec.LOOPBACK, server.port(), SIZE, false)) {
      // As long as the bench's own trial: it is the server's process that has to become warm.
      for (long spent = 0; spent < WARMUP_NANOS; ) {
        server.expect(WARMUP_MESSAGES);
        spent += client.send(WARMUP_MESSAGES, PATIENCE).nanos();
      }
      server.expect(MESSAGES);
      PlainStream.Seen seen = client.send(MESSAGES, PATIENCE);
      Counts counted = server.report();
      if (!counted.equals(Counts.right(MESSAGES, SIZE))) {
        throw new IOException("of %d plain messages arrived %s".formatted(MESSAGES, counted));
      }
      return MESSAGES * 1e9 / seen.nanos();
    }
  }

  private static SideSpec spec() {
    return settings().spec(Workload.STREAM, SIZE, SideSpec.LOOPBACK, true);
  }

  private static Settings settings() {
    return new Settings(
        List.of(Workload.STREAM),
        List.of(Pairing.BARE.mode()),
        List.of(SIZE),
        MESSAGES,
        0,
        1,
        0,
        PAIRS,
        1,
        SendForm.SEND,
        Features.PLAIN,
        1,
        false,
        BareWrites.DEFAULT_BYTES);
  }
}
