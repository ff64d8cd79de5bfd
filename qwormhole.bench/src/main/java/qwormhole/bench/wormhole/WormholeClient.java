package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import qwormhole.api.QWormholeRuntime;
import qwormhole.bench.load.ClientSide;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/** QWormhole clients on one loop thread, each driven by an application thread of its own. */
public final class WormholeClient implements ClientSide {
  private final QWormholeRuntime runtime = new QWormholeRuntime();
  private final List<Lane> lanes = new ArrayList<>();
  private final LoadThreads threads;

  /**
   * Connects all clients.
   *
   * @throws IOException when the provider cannot work here, or a client cannot connect
   */
  public WormholeClient(SideSpec spec) throws IOException {
    threads = new LoadThreads(spec.clients());
    try {
      for (int i = 0; i < spec.clients(); i++) {
        Lane lane = spec.workload() == Workload.STREAM ? new StreamLane(spec) : new PingLane(spec);
        lanes.add(lane);
        lane.connect(runtime, spec);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public String mode() {
    return lanes.get(0).mode();
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    lanes.forEach(lane -> tasks.add(() -> lane.run(messages)));
    return threads.run(tasks);
  }

  @Override
  public Effort effort() {
    return lanes.stream().map(Lane::effort).reduce(new Effort(0, 0, 0), Effort::plus);
  }

  @Override
  public void close() {
    threads.close();
    runtime.close();
  }
}
