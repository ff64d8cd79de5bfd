package qwormhole.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Half;
import qwormhole.bench.process.RoundReport;

/** A row as JSON. */
final class JsonRow {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonRow() {}

  static ObjectNode of(Row row) {
    ObjectNode json =
        JSON.objectNode()
            .put("workload", row.workload().id())
            .put("mode", row.mode())
            .put("server", row.server())
            .put("client", row.client())
            .put("size", row.spec().size())
            .put("clients", row.spec().clients())
            .put("depth", row.spec().depth());
    if (row.workload().isStream() && !row.isBare()) {
      json.put("send", row.spec().send().id());
    }
    Features features = row.isBare() ? Features.PLAIN : row.spec().features();
    features
        .addTo(json)
        .put("skipped", row.outcome() == Row.Outcome.SKIPPED)
        .put("failed", row.outcome() == Row.Outcome.FAILED);
    if (row.outcome() != Row.Outcome.MEASURED) {
      return unmeasured(json, row);
    }
    json.put("repeats", row.rounds().size());
    if (row.workload() == Workload.CONNECT) {
      connections(json, row);
    } else {
      messages(json, row);
    }
    return common(json, row);
  }

  private static ObjectNode unmeasured(ObjectNode json, Row row) {
    json.put("reason", row.reason());
    Counts defect = row.defect();
    return defect == null
        ? json
        : json.put("received", defect.received())
            .put("decoded", defect.decoded())
            .put("lost", defect.lost())
            .put("doubled", defect.doubled());
  }

  private static void connections(ObjectNode json, Row row) {
    json.set("connectionsPerSecond", spread(Spread.of(row.rounds(), RoundReport::rate), 1));
    json.set("heapBytesPerConnection", sides(side -> PerMessage.idleHeap(row, side)));
    json.set("rssBytesPerConnection", sides(side -> PerMessage.idleResident(row, side)));
  }

  private static void messages(ObjectNode json, Row row) {
    Counts counted = row.counted();
    json.put("sent", row.sent()).put("received", counted.received());
    if (row.workload().isEcho()) {
      json.put("returned", row.rounds().stream().mapToLong(r -> r.confirmed().received()).sum());
    }
    json.put("decoded", counted.decoded())
        .put("lost", counted.lost())
        .put("doubled", counted.doubled());
    Spread rate = Spread.of(row.rounds(), RoundReport::rate);
    json.set("messagesPerSecond", spread(rate, 1));
    json.set("bytesPerSecond", spread(rate, row.spec().size()));
    json.set("cpuNanosPerMessage", sides(side -> PerMessage.cpu(row, side)));
    json.set("allocatedBytesPerMessage", sides(side -> PerMessage.allocation(row, side)));
    ObjectNode writes = json.putObject("writes");
    boolean echo = row.workload().isEcho();
    boolean serverSends = row.workload().isServerDriven();
    writes.set("server", writes(row, RoundReport::server, echo || serverSends));
    writes.set("client", writes(row, RoundReport::client, echo || !serverSends));
    ObjectNode backpressure = json.putObject("backpressure");
    backpressure.set("server", backpressure(row, RoundReport::server));
    backpressure.set("client", backpressure(row, RoundReport::client));
  }

  private static ObjectNode writes(Row row, Function<RoundReport, Half> side, boolean sends) {
    Effort effort = PerMessage.effort(row, side);
    if (!effort.isKnown()) {
      return null;
    }
    double calls = effort.writes();
    return JSON.objectNode()
        .put("calls", effort.writes())
        .put("bytes", effort.bytesWritten())
        .put("bytesPerCall", known(calls > 0 ? effort.bytesWritten() / calls : Double.NaN))
        .put("messagesPerCall", known(sends && calls > 0 ? row.sent() / calls : Double.NaN));
  }

  private static ObjectNode backpressure(Row row, Function<RoundReport, Half> side) {
    Effort effort = PerMessage.effort(row, side);
    return effort.isKnown()
        ? JSON.objectNode().put("events", effort.backpressure()).put("refused", effort.refused())
        : null;
  }

  private static ObjectNode common(ObjectNode json, Row row) {
    PerMessage.merged(row, RoundReport::latency)
        .ifPresent(
            histogram -> {
              ObjectNode latency = json.putObject("latencyNanos").put("of", kind(row.workload()));
              latency.setAll(percentiles(histogram));
            });
    PerMessage.merged(row, RoundReport::turnaround)
        .ifPresent(histogram -> json.set("turnaroundNanos", percentiles(histogram)));
    json.set("cpuNanos", sides(side -> PerMessage.cpuTotal(row, side)));
    ObjectNode gc = json.putObject("gc");
    gc.set("server", gc(row, RoundReport::server));
    gc.set("client", gc(row, RoundReport::client));
    json.put("otherProcessesCpus", known(PerMessage.neighbours(row)));
    ArrayNode ratios = json.putArray("ratios");
    row.ratios().forEach(ratio -> ratios.add(ratio(ratio)));
    ArrayNode samples = json.putArray("samples");
    row.rounds().forEach(round -> samples.add(JsonSample.of(round)));
    return json;
  }

  private static String kind(Workload workload) {
    if (workload == Workload.CONNECT) {
      return "connect";
    }
    return workload.isEcho() ? "roundTrip" : "oneWay";
  }

  private static ObjectNode gc(Row row, Function<RoundReport, Half> side) {
    return JSON.objectNode()
        .put("count", sum(row, round -> side.apply(round).cost().gcCount()))
        .put("millis", sum(row, round -> side.apply(round).cost().gcMillis()));
  }

  private static long sum(Row row, ToLongFunction<RoundReport> property) {
    return row.rounds().stream().mapToLong(property).sum();
  }

  private static ObjectNode sides(Function<Function<RoundReport, Half>, Double> property) {
    return JSON.objectNode()
        .put("server", known(property.apply(RoundReport::server)))
        .put("client", known(property.apply(RoundReport::client)));
  }

  /** JSON has no NaN. */
  static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static ObjectNode spread(Spread spread, double factor) {
    return JSON.objectNode()
        .put("median", spread.median() * factor)
        .put("min", spread.min() * factor)
        .put("max", spread.max() * factor);
  }

  private static ObjectNode percentiles(Histogram histogram) {
    return JSON.objectNode()
        .put("count", histogram.getTotalCount())
        .put("p50", histogram.getValueAtPercentile(50))
        .put("p90", histogram.getValueAtPercentile(90))
        .put("p99", histogram.getValueAtPercentile(99))
        .put("p99.9", histogram.getValueAtPercentile(99.9))
        .put("max", histogram.getMaxValue());
  }

  private static ObjectNode ratio(Ratio ratio) {
    ObjectNode json =
        JSON.objectNode()
            .put("against", ratio.against())
            .put("of", ratio.of())
            .put("higherIsBetter", ratio.higherIsBetter());
    json.setAll(spread(ratio.spread(), 1));
    Interval interval = ratio.interval();
    if (interval == null) {
      json.putNull("interval");
    } else {
      json.putObject("interval")
          .put("mean", interval.mean())
          .put("low", interval.low())
          .put("high", interval.high())
          .put("confidence", Interval.CONFIDENCE)
          .put("method", Interval.RATIO_METHOD);
    }
    ratio.pairs().forEach(json.putArray("pairs")::add);
    return json;
  }
}
