package qwormhole.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.bench.baseline.BareWrites;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Workload;
import qwormhole.bench.process.Descriptors;
import qwormhole.bench.report.Settings;

/** The options that say what is run and how often. */
final class LoadOptions {
  private static final double DEFAULT_SECONDS = 1;

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "<name>",
      description =
          "stream, pingpong, pipeline, broadcast, connect, bulk, or all; several with commas."
              + " Default: stream,pingpong.")
  private List<String> workloads = List.of("stream", "pingpong");

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "<bytes>",
      description =
          "Payload bytes; several with commas. Default: 1024 for stream and broadcast, 64 for pingpong"
              + " and pipeline. bulk is always 1 MiB, connect sends none.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--messages",
      paramLabel = "<n>",
      description = "Messages on each connection and repeat, instead of --seconds.")
  private Long messages;

  @Option(
      names = "--seconds",
      paramLabel = "<s>",
      description =
          "As many messages as take about so long at the warm-up's rate. Default: 1. connect opens"
              + " --clients connections, however long it takes.")
  private Double seconds;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      description =
          "Connections. stream, pingpong and bulk have an application thread for each. Default: 1;"
              + " pipeline 4, broadcast 8, connect 500.")
  private Integer clients;

  @Option(
      names = "--depth",
      paramLabel = "<n>",
      description =
          "pipeline: echoes outstanding on each connection, default 32. connect: connects under way at"
              + " once, default 16.")
  private Integer depth;

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
      names = "--seed",
      paramLabel = "<n>",
      description = "Of the payloads' bytes. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

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
  Settings settings(SendForm send, Features features, boolean baseline) {
    int maxSize = ServerOptions.builder(Codec.bytes()).build().maxFrameBytes();
    sizes.forEach(size -> Ranges.check("--size", size, 1, maxSize));
    Ranges.check("--repeats", repeats, 1, 1_000);
    Ranges.check("--bare-write", bareWrite, 64, 1 << 30);
    if (messages != null) {
      Ranges.check("--messages", messages, 1, Limits.MAX_MESSAGES);
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
    if (depth != null) {
      Ranges.check("--depth", depth, 1, Limits.MAX_DEPTH);
    }
    Settings settings =
        new Settings(
            workloads(),
            List.of(),
            sizes,
            messages == null ? 0 : messages,
            effectiveSeconds(),
            clients == null ? 0 : clients,
            depth == null ? 0 : depth,
            repeats,
            warmup,
            send,
            features,
            seed,
            baseline,
            bareWrite);
    checkClients(settings);
    return settings;
  }

  private double effectiveSeconds() {
    if (messages != null) {
      return 0;
    }
    return seconds == null ? DEFAULT_SECONDS : seconds;
  }

  private List<Workload> workloads() {
    Set<Workload> result = new LinkedHashSet<>();
    for (String name : workloads) {
      List<Workload> named =
          Stream.of(Workload.values())
              .filter(w -> name.equals("all") || w.id().equals(name.toLowerCase(Locale.ROOT)))
              .toList();
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "--workload must be all or some of %s: %s".formatted(ids(), name));
      }
      result.addAll(named);
    }
    return new ArrayList<>(result);
  }

  private static String ids() {
    return Stream.of(Workload.values()).map(Workload::id).collect(Collectors.joining(", "));
  }

  private void checkClients(Settings settings) {
    if (clients != null) {
      Ranges.check("--clients", clients, 1, Limits.MAX_CLIENTS);
    }
    for (Workload workload : settings.workloads()) {
      int count = settings.clientsOf(workload);
      if (workload.hasThreads() && count > Limits.MAX_THREADS) {
        throw new IllegalArgumentException(
            "--clients must be 1 to %d for %s, which has a thread for each: %d"
                .formatted(Limits.MAX_THREADS, workload.id(), count));
      }
      String obstacle = Descriptors.obstacle(count);
      if (obstacle != null) {
        throw new IllegalArgumentException("--clients: " + obstacle);
      }
    }
  }
}
