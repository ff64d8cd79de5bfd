package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import qwormhole.bench.baseline.BareServer;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.ServerSide;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.wormhole.WormholeServer;

/** The server child: open, then for each round expect and report. */
final class ServerSession implements Session {
  private final Meter meter = new Meter();
  private ServerSide side;
  private Counts countsBefore = Counts.NONE;
  private Effort effortBefore = Effort.UNKNOWN;

  @Override
  public ObjectNode handle(ObjectNode command) throws IOException {
    return switch (command.get("kind").asText()) {
      case "open" -> open(SideSpec.fromJson(command));
      case "expect" -> expect(command.get("messages").asLong());
      case "report" -> report();
      default -> throw new IOException("unknown command " + command);
    };
  }

  private ObjectNode open(SideSpec spec) throws IOException {
    side =
        spec.isBare()
            ? new BareServer(spec.workload(), spec.size(), spec.clients(), spec.bareWriteBytes())
            : new WormholeServer(spec);
    return Lines.of("opened").put("port", side.port()).put("mode", side.mode());
  }

  private ObjectNode expect(long messages) throws IOException {
    side.expect(messages, Limits.OPEN);
    countsBefore = side.counts();
    effortBefore = side.effort();
    meter.start();
    return Lines.of("expecting");
  }

  private ObjectNode report() {
    Cost cost = meter.stop();
    ObjectNode event = Lines.of("reported");
    Lines.put(event, side.counts().minus(countsBefore));
    Lines.put(event, side.effort().minus(effortBefore));
    cost.writeTo(event);
    return event;
  }

  @Override
  public void close() throws IOException {
    if (side != null) {
      side.close();
    }
  }
}
