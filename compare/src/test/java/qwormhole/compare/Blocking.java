package qwormhole.compare;

import java.io.IOException;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/** Plain blocking sockets: a thread for each connection on both sides, buffered streams. */
public final class Blocking implements Contender {
  @Override
  public String id() {
    return "blocking";
  }

  @Override
  public boolean runs(Workload workload) {
    return workload.hasBare();
  }

  @Override
  public Side server(SideSpec spec) throws IOException {
    return new BlockingServer(spec);
  }

  @Override
  public Side client(SideSpec spec) throws IOException {
    return new BlockingClient(spec);
  }
}
