package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SideSpec;

/** A server process and a client process, connected, that run one round after the other. */
public final class Pair implements AutoCloseable {
  private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(60);

  private final Neighbours neighbours = new Neighbours();
  private final SideSpec spec;
  private final Peer server;
  private final Peer client;

  /**
   * Connects them.
   *
   * @param server where the server runs; closed with this pair
   * @param spec what to open; its host is where the server listens
   * @param serverId the server's contender
   * @param clientId the client's
   * @throws qwormhole.bench.load.UnavailableException when a contender cannot work here
   * @throws ChildFailure when a child fails or dies
   */
  Pair(Children children, Peer server, SideSpec spec, String serverId, String clientId)
      throws IOException {
    this.spec = spec;
    this.server = server;
    Peer started = null;
    try {
      started = children.start(Role.CLIENT);
      ObjectNode opened = server.ask(open(spec.withContender(serverId)), "opened", Limits.OPEN);
      int port = (int) Fields.integer(opened, "port", 1, 65_535);
      String certificate = Fields.text(opened, "certificate");
      SideSpec other = spec.withContender(clientId).to(spec.host(), port, certificate);
      started.ask(open(other), "opened", Limits.OPEN);
    } catch (IOException e) {
      if (started != null) {
        started.close();
      }
      server.close();
      throw e;
    }
    client = started;
  }

  private static ObjectNode open(SideSpec spec) {
    return Lines.of("open").setAll(spec.toJson());
  }

  /**
   * Runs a round.
   *
   * @param messages how many on each connection; for connect: how many connections
   * @param patience how long it may take in all
   */
  public RoundReport run(long messages, Duration patience) throws IOException {
    Peer driver = spec.workload().isServerDriven() ? server : client;
    Peer sink = driver == client ? server : client;
    try {
      neighbours.start();
      sink.ask(Lines.of("expect").put("messages", messages), "expecting", Limits.OPEN);
      ObjectNode ran = driver.ask(Lines.of("run").put("messages", messages), "ran", patience);
      ObjectNode reported = sink.ask(Lines.of("report"), "reported", Limits.OPEN);
      return report(ran, reported, driver == client);
    } catch (ChildFailure e) {
      throw explained(e);
    }
  }

  private RoundReport report(ObjectNode ran, ObjectNode reported, boolean clientDrives)
      throws IOException {
    Half driver = new Half(Cost.readFrom(ran), Lines.effort(ran), null);
    Half sink = new Half(Cost.readFrom(reported), Lines.effort(reported), null);
    Half onServer = clientDrives ? sink : driver;
    Half onClient = clientDrives ? driver : sink;
    // What another machine spends is not taken from this one's processors.
    long own = onClient.cost().cpuNanos() + (spec.sharedClock() ? onServer.cost().cpuNanos() : 0);
    Histogram latency = Lines.histogram(ran, "latency");
    if (latency == null && spec.sampleEvery() > 0) {
      latency = Lines.histogram(reported, "latency");
    }
    return new RoundReport(
        spec.workload(),
        Fields.integer(ran, "elapsedNanos", 1, Long.MAX_VALUE),
        Fields.count(ran, "sent"),
        Lines.counts(ran),
        Lines.counts(reported),
        onServer,
        onClient,
        neighbours.stop(own),
        latency != null && latency.getTotalCount() == 0 ? null : latency,
        Lines.histogram(ran, "turnaround"));
  }

  /** As {@link #run}, with what the connections that it leaves open hold on each side. */
  public RoundReport runHolding(long connections, Duration patience) throws IOException {
    release();
    Memory serverBefore = memory(server);
    Memory clientBefore = memory(client);
    RoundReport round = run(connections, patience);
    Memory serverIdle = memory(server).minus(serverBefore);
    Memory clientIdle = memory(client).minus(clientBefore);
    return new RoundReport(
        round.workload(),
        round.elapsedNanos(),
        round.sent(),
        round.confirmed(),
        round.counted(),
        new Half(round.server().cost(), round.server().effort(), serverIdle),
        new Half(round.client().cost(), round.client().effort(), clientIdle),
        round.neighbours(),
        round.latency(),
        round.turnaround());
  }

  /** Lets go of what the last round left open. */
  public void release() throws IOException {
    client.ask(Lines.of("release"), "released", MEMORY_PATIENCE);
  }

  private static Memory memory(Peer peer) throws IOException {
    return Lines.memory(peer.ask(Lines.of("memory"), "holding", MEMORY_PATIENCE));
  }

  /** A client that fails since its server died is not the story. */
  private ChildFailure explained(ChildFailure failure) {
    if (server.died()) {
      ChildFailure death = server.death();
      death.addSuppressed(failure);
      return death;
    }
    return failure;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
