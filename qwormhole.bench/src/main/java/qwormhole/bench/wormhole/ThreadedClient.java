package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;

/** QWormhole clients on one loop thread, each driven by an application thread of its own. */
final class ThreadedClient extends Lanes<ThreadLane> implements Driver {
  private final LoadThreads threads;

  ThreadedClient(SideSpec spec) throws IOException {
    super(spec, () -> spec.workload().isStream() ? new StreamLane(spec) : new PingLane(spec));
    threads = new LoadThreads(spec.clients());
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    lanes().forEach(lane -> tasks.add(() -> lane.run(messages)));
    return threads.run(tasks);
  }

  @Override
  public void close() {
    threads.close();
    super.close();
  }
}
