package qwormhole.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Half;
import qwormhole.bench.process.RoundReport;

/** One repeat's raw data as JSON. */
final class JsonSample {
  private JsonSample() {}

  static ObjectNode of(RoundReport round) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("elapsedNanos", round.elapsedNanos())
            .put("perSecond", round.rate());
    if (round.workload() != Workload.CONNECT) {
      json.put("sent", round.sent()).put("received", round.counted().received());
      if (round.workload().isEcho()) {
        json.put("returned", round.confirmed().received());
      }
      json.put("decoded", round.counted().decoded());
    }
    json.put("otherProcessesCpus", JsonRow.known(round.neighbours()));
    json.set("server", half(round.server()));
    json.set("client", half(round.client()));
    if (round.latency() != null) {
      json.put("latencyHistogram", Histograms.encode(round.latency()));
    }
    if (round.turnaround() != null) {
      json.put("turnaroundHistogram", Histograms.encode(round.turnaround()));
    }
    return json;
  }

  private static ObjectNode half(Half half) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    half.cost().writeTo(json);
    Effort effort = half.effort();
    if (effort.isKnown()) {
      json.put("writes", effort.writes())
          .put("bytesWritten", effort.bytesWritten())
          .put("refused", effort.refused())
          .put("backpressureEvents", effort.backpressure());
    }
    if (half.idle() != null) {
      json.put("heapBytes", half.idle().heapBytes());
      if (half.idle().isResidentKnown()) {
        json.put("rssBytes", half.idle().rssBytes());
      }
    }
    return json;
  }
}
