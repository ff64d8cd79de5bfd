package qwormhole.bench.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a child: this JVM, this module path, its own heap. */
public final class JavaCommand {
  /** The heap of every child. */
  public static final String HEAP = "-Xmx256m";

  private static final List<String> INHERITED =
      List.of(
          "-D",
          "-XX:",
          "--add-modules",
          "--enable-native-access",
          "--sun-misc-unsafe-memory-access");

  private JavaCommand() {}

  static List<String> of(Role role) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited());
    command.add(HEAP);
    Module module = JavaCommand.class.getModule();
    String main = "qwormhole.bench.Main";
    if (module.isNamed()) {
      String path = System.getProperty("jdk.module.path");
      if (path != null) {
        command.addAll(List.of("-p", path));
      }
      command.addAll(List.of("-m", module.getName() + "/" + main));
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    }
    command.addAll(List.of("child", role.id()));
    return command;
  }

  /** Flags of this JVM that concern its children as well: properties, tuning, native access. */
  public static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
        .filter(argument -> !argument.startsWith("-Djdk.module."))
        .toList();
  }
}
