package qwormhole.bench.wormhole;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;

/** QWormhole clients on one loop thread, which all keep a number of echoes outstanding. */
final class PipelineClient extends Lanes<PipeLane> implements Driver {
  private final Completion completion;
  private final Histogram latency;

  private PipelineClient(SideSpec spec, Histogram latency, Completion completion)
      throws IOException {
    super(spec, () -> new PipeLane(spec, latency, completion));
    this.latency = latency;
    this.completion = completion;
  }

  static PipelineClient connect(SideSpec spec) throws IOException {
    return new PipelineClient(spec, Round.histogram(), new Completion());
  }

  @Override
  public Round run(long messages) throws IOException {
    latency.reset();
    Counts before = counts();
    completion.expect(lanes().size());
    long began = System.nanoTime();
    lanes().forEach(lane -> lane.start(messages));
    completion.await(() -> lanes().stream().mapToLong(PipeLane::moved).sum(), "echo");
    long elapsed = System.nanoTime() - began;
    Counts returned = counts().minus(before);
    return new Round(elapsed, messages * lanes().size(), returned, latency, null);
  }

  private Counts counts() {
    return lanes().stream().map(PipeLane::counts).reduce(Counts.NONE, Counts::plus);
  }
}
