package qwormhole.bench;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.bench.baseline.BareWrites;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Workload;
import qwormhole.bench.report.Settings;

/** The options that say what is run and how often. */
final class LoadOptions {
  private static final int MAX_CLIENTS = 1_000;

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "<name>",
      description = "${COMPLETION-CANDIDATES}; several with commas. Default: stream.")
  private List<Workload> workloads = List.of(Workload.STREAM);

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "<bytes>",
      description =
          "Payload bytes; several with commas. Default: 1024 for stream, 64 for pingpong.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--messages",
      paramLabel = "<n>",
      description =
          "Messages on each connection and repeat. Default: 100 000 for stream, 20 000 for pingpong.")
  private Long messages;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      description = "Instead of --messages: as many as take about so long at the warm-up's rate.")
  private Double seconds;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description = "Connections, each with an application thread. Default: ${DEFAULT-VALUE}.")
  private int clients = 1;

  @Option(
      names = "--repeats",
      paramLabel = "<n>",
      description =
          "Measured rounds of each row, each in new processes. Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Option(
      names = "--warmup",
      paramLabel = "<s>",
      description = "Seconds that new processes run before they are measured. Default: 2.")
  private double warmup = 2;

  @Option(
      names = "--bare-write",
      paramLabel = "<bytes>",
      description =
          "How much the bare pair writes at once. Default: ${DEFAULT-VALUE}, which is 64 KiB as far as"
              + " it fits one loopback segment; one byte more is much slower.")
  private int bareWrite = BareWrites.DEFAULT_BYTES;

  /**
   * The settings, checked.
   *
   * @throws IllegalArgumentException with the option's name and range
   */
  Settings settings(SendForm send, boolean baseline) {
    int maxSize = ServerOptions.builder(Codec.bytes()).build().maxFrameBytes();
    sizes.forEach(size -> check("--size", size, 1, maxSize));
    check("--clients", clients, 1, MAX_CLIENTS);
    check("--repeats", repeats, 1, 1_000);
    check("--bare-write", bareWrite, 64, 1 << 30);
    if (messages != null) {
      check("--messages", messages, 1, 1_000_000_000_000L);
      if (seconds != null) {
        throw new IllegalArgumentException("--messages and --seconds exclude each other");
      }
    }
    if (seconds != null && !(seconds > 0 && seconds <= 3_600)) {
      throw new IllegalArgumentException("--seconds must be over 0 and up to 3600: " + seconds);
    }
    if (!(warmup >= 0 && warmup <= 3_600)) {
      throw new IllegalArgumentException("--warmup must be 0 to 3600: " + warmup);
    }
    return new Settings(
        workloads.stream().distinct().collect(Collectors.toList()),
        sizes,
        messages == null ? 0 : messages,
        seconds == null ? 0 : seconds,
        clients,
        repeats,
        warmup,
        send,
        baseline,
        bareWrite);
  }

  private static void check(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(option, min, max, value));
    }
  }
}
