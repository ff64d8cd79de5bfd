package qwormhole.bench.report;

import java.util.List;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/**
 * What a run was asked for.
 *
 * @param workloads what to do
 * @param modes the pairings as users write them, in the order in which they run in turn
 * @param sizes payload bytes; empty takes each workload's own
 * @param messages on each connection and repeat; 0 goes by seconds
 * @param seconds how long a repeat takes, about; 0 goes by messages
 * @param clients connections; 0 takes the workload's own
 * @param depth what may be outstanding or under way; 0 takes the workload's own
 * @param repeats measured rounds, each in new processes
 * @param warmupSeconds how long each pair of processes runs before it is measured
 * @param send the form of send for streams
 * @param features what QWormhole's endpoints do besides
 * @param seed of the payloads' bytes
 * @param baseline whether the bare pair runs in turn with each row
 * @param bareWriteBytes how much the bare pair writes at once
 */
public record Settings(
    List<Workload> workloads,
    List<String> modes,
    List<Integer> sizes,
    long messages,
    double seconds,
    int clients,
    int depth,
    int repeats,
    double warmupSeconds,
    SendForm send,
    Features features,
    long seed,
    boolean baseline,
    int bareWriteBytes) {

  public Settings {
    workloads = List.copyOf(workloads);
    modes = List.copyOf(modes);
    sizes = List.copyOf(sizes);
  }

  /** The same with these pairings. */
  public Settings withModes(List<String> pairings) {
    return new Settings(
        workloads,
        pairings,
        sizes,
        messages,
        seconds,
        clients,
        depth,
        repeats,
        warmupSeconds,
        send,
        features,
        seed,
        baseline,
        bareWriteBytes);
  }

  /** The connections of a workload. */
  public int clientsOf(Workload workload) {
    return clients > 0 ? clients : workload.defaultClients();
  }

  /** The depth of a workload; 1 for those that have none. */
  public int depthOf(Workload workload) {
    return depth > 0 && workload.hasDepth() ? depth : workload.defaultDepth();
  }

  /** What both sides of a workload open, but for their contenders. */
  public SideSpec spec(Workload workload, int size, String host, boolean sharedClock) {
    return new SideSpec(
        "",
        workload,
        size,
        clientsOf(workload),
        depthOf(workload),
        send,
        features,
        seed,
        host,
        0,
        "",
        sharedClock,
        bareWriteBytes);
  }
}
