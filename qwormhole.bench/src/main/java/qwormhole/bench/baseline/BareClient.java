package qwormhole.bench.baseline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;

/** The bare client: a thread and a selector for each connection. */
public final class BareClient implements Driver {
  private final SideSpec spec;
  private final List<BareLink> links = new ArrayList<>();
  private final LoadThreads threads;

  /** Connects to a bare server. */
  public BareClient(SideSpec spec) throws IOException {
    this.spec = spec;
    threads = new LoadThreads(spec.clients());
    for (int i = 0; i < spec.clients(); i++) {
      links.add(new BareLink(spec));
    }
  }

  @Override
  public String mode() {
    return SideSpec.BARE;
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    links.forEach(link -> tasks.add(() -> share(link, messages)));
    return threads.run(tasks);
  }

  private Share share(BareLink link, long messages) throws IOException {
    return switch (spec.workload()) {
      case STREAM, BULK -> link.stream(messages);
      case PINGPONG -> link.pingpong(messages);
      case PIPELINE -> link.pipeline(messages);
      case BROADCAST, CONNECT ->
          throw new IOException("the bare pair has no " + spec.workload().id());
    };
  }

  @Override
  public Effort effort() {
    return links.stream().map(BareLink::effort).reduce(Effort.NONE, Effort::plus);
  }

  @Override
  public void close() throws IOException {
    threads.close();
    for (BareLink link : links) {
      link.close();
    }
  }
}
