package qwormhole.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import qwormhole.bench.load.Fields;

/**
 * Where processes are measured.
 *
 * @param version of the bench, or "development"
 * @param jvm name and version
 * @param vendor of the JVM
 * @param jvmFlags of the children
 * @param cpu the processor's model name
 * @param cores processors that the JVM may use
 * @param os operating system, kernel and architecture
 * @param loadAverage of the last minute; negative when not known
 */
public record Machine(
    String version,
    String jvm,
    String vendor,
    List<String> jvmFlags,
    String cpu,
    int cores,
    String os,
    double loadAverage) {
  private static final int MAX_FLAGS = 100;

  public Machine {
    jvmFlags = List.copyOf(jvmFlags);
  }

  /** This one, now. */
  public static Machine here() {
    return new Machine(
        benchVersion(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        Stream.concat(JavaCommand.inherited().stream(), Stream.of(JavaCommand.HEAP)).toList(),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** The version of this bench, or "development". */
  public static String benchVersion() {
    ModuleDescriptor descriptor = Machine.class.getModule().getDescriptor();
    return Optional.ofNullable(descriptor)
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development");
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", version)
            .put("jvm", jvm)
            .put("vendor", vendor);
    jvmFlags.forEach(json.putArray("jvmFlags")::add);
    return json.put("cpu", cpu).put("cores", cores).put("os", os).put("loadAverage", loadAverage);
  }

  /** What another machine said of itself. */
  static Machine fromJson(JsonNode json) throws IOException {
    List<String> flags = new ArrayList<>();
    for (JsonNode flag : json.path("jvmFlags")) {
      if (!flag.isTextual() || flags.size() == MAX_FLAGS) {
        throw new IOException("jvmFlags must be texts, %d at most".formatted(MAX_FLAGS));
      }
      flags.add(Fields.printable(flag.textValue()));
    }
    return new Machine(
        Fields.text(json, "version"),
        Fields.text(json, "jvm"),
        Fields.text(json, "vendor"),
        flags,
        Fields.text(json, "cpu"),
        (int) Fields.integer(json, "cores", 1, Integer.MAX_VALUE),
        Fields.text(json, "os"),
        json.path("loadAverage").asDouble(-1));
  }
}
