package qwormhole.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Cost;
import qwormhole.bench.process.RoundReport;

/** A result as JSON: conditions, settings, and each row with its raw data. */
public final class JsonReport {
  /** Names the shape; raised when a member changes its meaning. */
  public static final String FORMAT = "qwormhole-bench/1";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonReport() {}

  /** The whole document. */
  public static ObjectNode of(Result result) {
    ObjectNode root = JSON.objectNode().put("format", FORMAT);
    root.set("conditions", conditions(result.conditions()));
    root.set("settings", settings(result.settings()));
    ArrayNode rows = root.putArray("rows");
    result.rows().forEach(row -> rows.add(row(row)));
    return root;
  }

  private static ObjectNode conditions(Conditions here) {
    ObjectNode json =
        JSON.objectNode()
            .put("date", here.date().toString())
            .put("version", here.version())
            .put("jvm", here.jvm())
            .put("vendor", here.vendor());
    here.jvmFlags().forEach(json.putArray("jvmFlags")::add);
    return json.put("cpu", here.cpu())
        .put("cores", here.cores())
        .put("os", here.os())
        .put("loadAverage", here.loadAverage())
        .put("network", here.network());
  }

  private static ObjectNode settings(Settings settings) {
    return JSON.objectNode()
        .put("seconds", settings.seconds())
        .put("clients", settings.clients())
        .put("repeats", settings.repeats())
        .put("warmupSeconds", settings.warmupSeconds())
        .put("send", settings.send().id())
        .put("baseline", settings.baseline())
        .put("bareWriteBytes", settings.bareWriteBytes());
  }

  private static ObjectNode row(Row row) {
    ObjectNode json =
        JSON.objectNode()
            .put("workload", row.workload().id())
            .put("mode", row.mode())
            .put("server", row.server())
            .put("client", row.client())
            .put("size", row.size())
            .put("clients", row.clients());
    if (row.workload() == Workload.STREAM && !row.isBare()) {
      json.put("send", row.send().id());
    }
    json.put("skipped", row.outcome() == Row.Outcome.SKIPPED)
        .put("failed", row.outcome() == Row.Outcome.FAILED);
    if (!row.reason().isEmpty()) {
      json.put("reason", row.reason());
    }
    return row.outcome() == Row.Outcome.MEASURED ? measured(json, row) : json;
  }

  private static ObjectNode measured(ObjectNode json, Row row) {
    json.put("repeats", row.rounds().size())
        .put("sent", row.sent())
        .put("received", sum(row, true))
        .put("decoded", sum(row, false));
    Spread rate = Spread.of(row.rounds(), RoundReport::rate);
    json.set("messagesPerSecond", spread(rate, 1));
    json.set("bytesPerSecond", spread(rate, row.size()));
    json.putObject("cpuNanosPerMessage")
        .put("server", known(PerMessage.serverCpu(row)))
        .put("client", known(PerMessage.clientCpu(row)));
    json.putObject("allocatedBytesPerMessage")
        .put("server", PerMessage.serverAllocation(row))
        .put("client", PerMessage.clientAllocation(row));
    json.put("bytesPerWrite", PerMessage.bytesPerWrite(row));
    json.put("otherProcessesCpus", known(PerMessage.neighbours(row)));
    if (row.workload() == Workload.PINGPONG) {
      json.set("roundTripNanos", percentiles(PerMessage.merged(row, RoundReport::roundTrip)));
      json.set("turnaroundNanos", percentiles(PerMessage.merged(row, RoundReport::turnaround)));
    }
    if (row.ratio() != null) {
      json.set("ratio", ratio(row.ratio()));
    }
    ArrayNode samples = json.putArray("samples");
    row.rounds().forEach(round -> samples.add(sample(round)));
    return json;
  }

  /** JSON has no NaN. */
  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static long sum(Row row, boolean received) {
    return row.rounds().stream()
        .map(RoundReport::counted)
        .mapToLong(counts -> received ? counts.received() : counts.decoded())
        .sum();
  }

  private static ObjectNode spread(Spread spread, double factor) {
    return JSON.objectNode()
        .put("median", spread.median() * factor)
        .put("min", spread.min() * factor)
        .put("max", spread.max() * factor);
  }

  private static ObjectNode percentiles(Histogram histogram) {
    return JSON.objectNode()
        .put("p50", histogram.getValueAtPercentile(50))
        .put("p90", histogram.getValueAtPercentile(90))
        .put("p99", histogram.getValueAtPercentile(99))
        .put("p99.9", histogram.getValueAtPercentile(99.9))
        .put("max", histogram.getMaxValue());
  }

  private static ObjectNode ratio(Ratio ratio) {
    ObjectNode json =
        JSON.objectNode()
            .put("against", "bare")
            .put("of", ratio.of())
            .put("higherIsBetter", ratio.higherIsBetter());
    json.setAll(spread(ratio.spread(), 1));
    ratio.pairs().forEach(json.putArray("pairs")::add);
    return json;
  }

  private static ObjectNode sample(RoundReport round) {
    ObjectNode json =
        JSON.objectNode()
            .put("elapsedNanos", round.elapsedNanos())
            .put("sent", round.sent())
            .put("received", round.counted().received())
            .put("decoded", round.counted().decoded())
            .put("confirmed", round.confirmed().received())
            .put("writes", round.clientEffort().writes())
            .put("bytesWritten", round.clientEffort().bytesWritten())
            .put("refused", round.clientEffort().refused())
            .put("otherProcessesCpus", known(round.neighbours()));
    json.set("server", cost(round.serverCost()));
    json.set("client", cost(round.clientCost()));
    if (round.roundTrip() != null) {
      json.put("roundTripHistogram", Histograms.encode(round.roundTrip()));
      json.put("turnaroundHistogram", Histograms.encode(round.turnaround()));
    }
    return json;
  }

  private static ObjectNode cost(Cost cost) {
    ObjectNode json = JSON.objectNode();
    cost.writeTo(json);
    return json;
  }
}
