package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SideSpec;

/** A server process and a client process, connected, that run one round after the other. */
public final class Pair implements AutoCloseable {
  private final Neighbours neighbours = new Neighbours();
  private final Child server;
  private final Child client;
  private final String serverMode;
  private final String clientMode;

  /**
   * Starts both and connects them.
   *
   * @param clientContender the client's contender; the spec names the server's
   * @throws qwormhole.bench.load.UnavailableException when a contender cannot work here
   * @throws ChildFailure when a child fails or dies
   */
  public Pair(Children children, SideSpec spec, String clientContender) throws IOException {
    server = children.start(Role.SERVER);
    Child started = null;
    try {
      started = children.start(Role.CLIENT);
      ObjectNode opened = server.ask(open(spec), "opened", Limits.OPEN);
      serverMode = opened.get("mode").asText();
      SideSpec other = spec.withContender(clientContender).withPort(opened.get("port").asInt());
      clientMode = started.ask(open(other), "opened", Limits.OPEN).get("mode").asText();
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

  /** What carries the server's bytes. */
  public String serverMode() {
    return serverMode;
  }

  /** What carries the client's bytes. */
  public String clientMode() {
    return clientMode;
  }

  /**
   * Runs a round.
   *
   * @param messages how many on each connection
   * @param patience how long it may take in all
   */
  public RoundReport run(long messages, Duration patience) throws IOException {
    try {
      neighbours.start();
      server.ask(Lines.of("expect").put("messages", messages), "expecting", Limits.OPEN);
      ObjectNode ran = client.ask(Lines.of("run").put("messages", messages), "ran", patience);
      ObjectNode reported = server.ask(Lines.of("report"), "reported", Limits.OPEN);
      return RoundReport.of(ran, reported, neighbours);
    } catch (ChildFailure e) {
      throw explained(e);
    }
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
