package qwormhole.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import qwormhole.bench.process.JavaCommand;

/**
 * What every number depends on.
 *
 * @param date when the run began, UTC
 * @param version of the bench, or "development"
 * @param jvm name and version
 * @param vendor of the JVM
 * @param jvmFlags of the children
 * @param cpu the processor's model name
 * @param cores processors that the JVM may use
 * @param os operating system, kernel and architecture
 * @param loadAverage of the machine when the run began; negative when not known
 * @param network between which addresses
 */
public record Conditions(
    Instant date,
    String version,
    String jvm,
    String vendor,
    List<String> jvmFlags,
    String cpu,
    int cores,
    String os,
    double loadAverage,
    String network) {

  /** Those of now and here. */
  public static Conditions here() {
    return new Conditions(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
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
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        "TCP on loopback, server and client in separate processes");
  }

  /** The version of this bench, or "development". */
  public static String benchVersion() {
    ModuleDescriptor descriptor = Conditions.class.getModule().getDescriptor();
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
}
