package qwormhole.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import qwormhole.api.ProviderReport;
import qwormhole.bench.load.Fields;
import qwormhole.bench.process.Machine;
import qwormhole.bench.wormhole.Diagnosis;
import qwormhole.bench.wormhole.Diagnosis.Transport;

/** {@code doctor}: what this installation has, and why not more. */
@Command(
    name = "doctor",
    description = {
      "Tells which transports work here, or why not and what to do.",
      "Also what each runs on, which one servers and clients would use, and by which rule. Exits 0."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.make();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(diagnosis).toPrettyString());
    } else {
      print(diagnosis, out);
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static void print(Diagnosis diagnosis, PrintWriter out) {
    Machine here = Machine.here();
    out.printf("qwormhole-bench %s, %s, %s%n%n", here.version(), here.jvm(), here.os());
    for (Transport transport : diagnosis.transports()) {
      out.printf(
          "%-12s priority %-4d %-12s %s%n",
          transport.id(),
          transport.priority(),
          transport.available() ? "available" : "unavailable",
          transport.detail());
    }
    out.println();
    say(diagnosis.server(), out);
    say(diagnosis.client(), out);
    settings().forEach((name, value) -> out.printf("%s=%s%n", name, value));
  }

  private static void say(ProviderReport report, PrintWriter out) {
    out.printf(
        "a %s would use %s: %s%n",
        report.side(), report.mode().isEmpty() ? "nothing" : report.mode(), report.rule());
  }

  private static ObjectNode json(Diagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("machine", Machine.here().toJson());
    ArrayNode transports = json.putArray("transports");
    for (Transport transport : diagnosis.transports()) {
      transports
          .addObject()
          .put("id", transport.id())
          .put("priority", transport.priority())
          .put("native", transport.isNative())
          .put("available", transport.available())
          .put(transport.available() ? "runsOn" : "reason", transport.detail());
    }
    json.set("server", selection(diagnosis.server()));
    json.set("client", selection(diagnosis.client()));
    ObjectNode settings = json.putObject("settings");
    settings().forEach(settings::put);
    return json;
  }

  private static ObjectNode selection(ProviderReport report) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mode", report.mode())
        .put("rule", report.rule());
  }

  /** The variables and properties that are set and concern the choice. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    System.getenv().forEach((name, value) -> keep(settings, name, "QWORMHOLE_", value));
    System.getProperties()
        .forEach(
            (name, value) ->
                keep(settings, String.valueOf(name), "qwormhole.", String.valueOf(value)));
    return settings;
  }

  private static void keep(Map<String, String> settings, String name, String prefix, String value) {
    if (name.startsWith(prefix)) {
      settings.put(Fields.printable(name), Fields.printable(value));
    }
  }
}
