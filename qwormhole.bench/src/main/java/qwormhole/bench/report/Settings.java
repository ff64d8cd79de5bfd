package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Workload;

/**
 * What a run was asked for.
 *
 * @param workloads what to do
 * @param sizes payload bytes; empty takes each workload's own
 * @param messages on each connection and repeat; 0 takes the workload's own, unless seconds are given
 * @param seconds how long a repeat takes, about; 0 goes by messages
 * @param clients connections
 * @param repeats measured rounds, each in new processes
 * @param warmupSeconds how long each pair of processes runs before it is measured
 * @param send the form of send for streams
 * @param baseline whether the bare pair runs in turn with each row
 * @param bareWriteBytes how much the bare pair writes at once
 */
public record Settings(
    List<Workload> workloads,
    List<Integer> sizes,
    long messages,
    double seconds,
    int clients,
    int repeats,
    double warmupSeconds,
    SendForm send,
    boolean baseline,
    int bareWriteBytes) {

  public Settings {
    workloads = List.copyOf(workloads);
    sizes = List.copyOf(sizes);
  }

  /** The sizes for a workload. */
  public List<Integer> sizesOf(Workload workload) {
    return sizes.isEmpty() ? List.of(workload.defaultSize()) : sizes;
  }

  /** The messages of a repeat where they do not go by seconds. */
  public long messagesOf(Workload workload) {
    return messages > 0 ? messages : workload.defaultMessages();
  }
}
