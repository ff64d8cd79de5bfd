package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import qwormhole.bench.baseline.BareClient;
import qwormhole.bench.baseline.BareServer;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.wormhole.WormholeSides;

/**
 * What a child does on command: open its side once, then for each round either {@code run} it, or
 * {@code expect} and {@code report}. Called by one thread.
 */
final class LoadSession implements Session {
  private final Role role;
  private final Meter meter = new Meter();
  private Side side;
  private Counts countsBefore = Counts.NONE;
  private Effort effortBefore = Effort.UNKNOWN;

  LoadSession(Role role) {
    this.role = role;
  }

  @Override
  public ObjectNode handle(ObjectNode command) throws IOException {
    return switch (command.get("kind").asText()) {
      case "open" -> open(SideSpec.fromJson(command));
      case "expect" -> expect(messages(command));
      case "run" -> run(messages(command));
      case "report" -> report();
      case "memory" -> memory();
      case "release" -> release();
      default -> throw new IOException("unknown command " + Fields.text(command, "kind"));
    };
  }

  private static long messages(ObjectNode command) throws IOException {
    return Fields.integer(command, "messages", 1, Limits.MAX_MESSAGES);
  }

  private ObjectNode open(SideSpec spec) throws IOException {
    if (side != null) {
      throw new IOException("already open");
    }
    Descriptors.check(spec.clients());
    Optional<Contender> contender = Contender.find(spec.contender());
    if (spec.isBare()) {
      side = role == Role.SERVER ? new BareServer(spec) : new BareClient(spec);
    } else if (contender.isPresent()) {
      side = role == Role.SERVER ? contender.get().server(spec) : contender.get().client(spec);
    } else {
      side = role == Role.SERVER ? WormholeSides.server(spec) : WormholeSides.client(spec);
    }
    return Lines.of("opened")
        .put("port", side.port())
        .put("mode", side.mode())
        .put("certificate", side.certificate());
  }

  private <S extends Side> S as(Class<S> type) throws IOException {
    if (!type.isInstance(side)) {
      throw new IOException("the %s is no %s".formatted(role.id(), type.getSimpleName()));
    }
    return type.cast(side);
  }

  private ObjectNode expect(long messages) throws IOException {
    Sink sink = as(Sink.class);
    sink.expect(messages, Limits.OPEN);
    countsBefore = sink.counts();
    effortBefore = sink.effort();
    meter.start();
    return Lines.of("expecting");
  }

  private ObjectNode report() throws IOException {
    Sink sink = as(Sink.class);
    Cost cost = meter.stop();
    sink.settle(Limits.CLOSE);
    ObjectNode event = spent("reported", cost, sink.effort().minus(effortBefore));
    Lines.put(event, sink.counts().minus(countsBefore));
    Histogram oneWay = sink.oneWay();
    Lines.put(event, "latency", oneWay);
    return event;
  }

  private ObjectNode run(long messages) throws IOException {
    Driver driver = as(Driver.class);
    Effort before = driver.effort();
    meter.start();
    Round round = driver.run(messages);
    Cost cost = meter.stop();
    ObjectNode event =
        spent("ran", cost, driver.effort().minus(before))
            .put("elapsedNanos", round.elapsedNanos())
            .put("sent", round.sent());
    Lines.put(event, round.confirmed());
    Lines.put(event, "latency", round.latency());
    Lines.put(event, "turnaround", round.turnaround());
    return event;
  }

  private static ObjectNode spent(String kind, Cost cost, Effort effort) {
    ObjectNode event = Lines.of(kind);
    cost.writeTo(event);
    Lines.put(event, effort);
    return event;
  }

  private static ObjectNode memory() {
    ObjectNode event = Lines.of("holding");
    Lines.put(event, Memory.now());
    return event;
  }

  private ObjectNode release() throws IOException {
    as(Driver.class).release();
    return Lines.of("released");
  }

  @Override
  public void close() throws IOException {
    if (side != null) {
      side.close();
    }
  }
}
