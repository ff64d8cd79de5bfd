package qwormhole.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.stream.Stream;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.fallback.Happening;
import qwormhole.bench.fallback.Mortal;
import qwormhole.bench.process.FallbackReport;
import qwormhole.bench.process.FallbackSpec;

/** A run of the fallback scenario as JSON. */
final class JsonFallback {
  private static final double NANOS_PER_MILLI = 1e6;

  private JsonFallback() {}

  static ObjectNode of(Fallback fallback) {
    FallbackSpec spec = fallback.spec();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("killed", spec.killed())
            .put("mode", spec.mode())
            .put("server", spec.server())
            .put("client", spec.client())
            .put("size", spec.size())
            .put("clients", spec.clients())
            .put("resume", spec.resume())
            .put("skipped", fallback.outcome() == Row.Outcome.SKIPPED)
            .put("failed", fallback.outcome() == Row.Outcome.FAILED);
    if (fallback.outcome() != Row.Outcome.MEASURED) {
      json.put("reason", fallback.reason());
    }
    return fallback.report() == null ? json : report(json, spec, fallback.report());
  }

  private static ObjectNode report(ObjectNode json, FallbackSpec spec, FallbackReport report) {
    Account account = report.account();
    json.put("modeAfter", modeAfter(report))
        .put("detectNanos", known(report.after(spec.killed(), "ProviderFailed")))
        .put(
            "relistenNanos", spec.killsServer() ? known(report.after("server", "Listening")) : null)
        .put("firstEchoNanos", account.firstBackAt() - report.struckAt())
        .put("allEchoNanos", account.lastBackAt() - report.struckAt())
        .put("sent", account.sent())
        .put("received", report.received())
        .put("echoed", account.echoed())
        .put("unknown", account.unknown())
        .put("lost", report.lost())
        .put("doubled", report.doubles())
        .put("bucketMillis", report.bucketMillis());
    ArrayNode timeline = json.putArray("timeline");
    double origin = millis(report, report.timelineOrigin());
    for (int i = 0; i < report.echoes().size(); i++) {
      timeline
          .addObject()
          .put("millis", Math.round(origin) + (long) i * report.bucketMillis())
          .put("echoes", report.echoes().get(i))
          .put("connected", report.ready().get(i));
    }
    ArrayNode events = json.putArray("events");
    Happening kill =
        new Happening(
            report.struckAt(), "bench", "killed", "the transport of the " + spec.killed());
    Stream.concat(Stream.of(kill), report.happenings().stream())
        .sorted(Comparator.comparingLong(Happening::nanoTime))
        .forEach(
            one ->
                event(
                    events, millis(report, one.nanoTime()), one.side(), one.event(), one.detail()));
    return json;
  }

  private static Long known(long nanos) {
    return nanos < 0 ? null : nanos;
  }

  /** The pairing at the end, by the ids of the providers. */
  static String modeAfter(FallbackReport report) {
    return Mortal.id(report.serverModeAfter()) + ":" + Mortal.id(report.clientModeAfter());
  }

  private static double millis(FallbackReport report, long nanoTime) {
    return (nanoTime - report.struckAt()) / NANOS_PER_MILLI;
  }

  private static void event(
      ArrayNode events, double millis, String side, String event, String detail) {
    events
        .addObject()
        .put("millis", millis)
        .put("side", side)
        .put("event", event)
        .put("detail", detail);
  }
}
