package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import qwormhole.bench.baseline.BareClient;
import qwormhole.bench.load.ClientSide;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.wormhole.WormholeClient;

/** The client child: open, then run rounds. */
final class ClientSession implements Session {
  private final Meter meter = new Meter();
  private ClientSide side;

  @Override
  public ObjectNode handle(ObjectNode command) throws IOException {
    return switch (command.get("kind").asText()) {
      case "open" -> open(SideSpec.fromJson(command));
      case "run" -> run(command.get("messages").asLong());
      default -> throw new IOException("unknown command " + command);
    };
  }

  private ObjectNode open(SideSpec spec) throws IOException {
    side = spec.isBare() ? bare(spec) : new WormholeClient(spec);
    return Lines.of("opened").put("mode", side.mode());
  }

  private static ClientSide bare(SideSpec spec) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), spec.port());
    return new BareClient(
        server, spec.workload(), spec.size(), spec.clients(), spec.bareWriteBytes());
  }

  private ObjectNode run(long messages) throws IOException {
    Effort before = side.effort();
    meter.start();
    Round round = side.run(messages);
    Cost cost = meter.stop();
    ObjectNode event =
        Lines.of("ran").put("elapsedNanos", round.elapsedNanos()).put("sent", round.sent());
    Lines.put(event, round.confirmed());
    Lines.put(event, side.effort().minus(before));
    Lines.put(event, "roundTrip", round.roundTrip());
    Lines.put(event, "turnaround", round.turnaround());
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
