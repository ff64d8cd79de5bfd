package qwormhole.bench.load;

import java.util.List;

/** Specs as tests need them. */
public final class Specs {
  private Specs() {}

  /** Of the bare pair, at a free port, with 1 of everything else. */
  public static SideSpec of(Workload workload, int size) {
    return of(workload, size, 1, 1);
  }

  /** Of the bare pair, at a free port. */
  public static SideSpec of(Workload workload, int size, int clients, int depth) {
    return new SideSpec(
        SideSpec.BARE,
        workload,
        size,
        clients,
        depth,
        SendForm.SEND,
        Features.PLAIN,
        1,
        SideSpec.LOOPBACK,
        0,
        "",
        true,
        65_483);
  }

  /** Workloads that move messages and that the bare pair has. */
  public static List<Workload> bareWorkloads() {
    return List.of(Workload.STREAM, Workload.PINGPONG, Workload.PIPELINE, Workload.BULK);
  }
}
