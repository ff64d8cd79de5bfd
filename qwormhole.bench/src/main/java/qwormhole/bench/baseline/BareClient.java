package qwormhole.bench.baseline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import qwormhole.bench.load.ClientSide;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.Workload;

/** The bare client: a thread and a selector for each connection. */
public final class BareClient implements ClientSide {
  private final Workload workload;
  private final List<BareLink> links = new ArrayList<>();
  private final LoadThreads threads;

  /**
   * Connects to a bare server.
   *
   * @param writeBytes how many bytes gather before they are written
   */
  public BareClient(
      InetSocketAddress server, Workload workload, int size, int clients, int writeBytes)
      throws IOException {
    this.workload = workload;
    threads = new LoadThreads(clients);
    for (int i = 0; i < clients; i++) {
      links.add(new BareLink(server, size, writeBytes));
    }
  }

  @Override
  public String mode() {
    return "bare";
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    for (BareLink link : links) {
      tasks.add(
          workload == Workload.STREAM
              ? () -> link.stream(messages)
              : () -> link.pingpong(messages));
    }
    return threads.run(tasks);
  }

  @Override
  public Effort effort() {
    return links.stream().map(BareLink::effort).reduce(new Effort(0, 0, 0), Effort::plus);
  }

  @Override
  public void close() throws IOException {
    threads.close();
    for (BareLink link : links) {
      link.close();
    }
  }
}
