package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SideSpec;

/** A server process that something else than the bench's own client drives. */
public final class LoneServer implements AutoCloseable {
  private final Peer server;
  private final int port;

  /** Starts it. */
  LoneServer(Children children, SideSpec spec) throws IOException {
    server = children.start(Role.SERVER);
    try {
      ObjectNode opened = server.ask(Lines.of("open").setAll(spec.toJson()), "opened", Limits.OPEN);
      port = (int) Fields.integer(opened, "port", 1, 65_535);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Expects messages on the connections that it has. */
  public void expect(long messages) throws IOException {
    ObjectNode expect = Lines.of("expect").put("messages", messages);
    server.ask(expect, "expecting", Limits.OPEN.plus(Limits.CLOSE));
  }

  /** What it counted since. */
  public Counts report() throws IOException {
    return Lines.counts(server.ask(Lines.of("report"), "reported", Limits.OPEN));
  }

  @Override
  public void close() {
    server.close();
  }
}
