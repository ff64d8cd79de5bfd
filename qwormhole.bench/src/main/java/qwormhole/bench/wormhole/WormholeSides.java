package qwormhole.bench.wormhole;

import java.io.IOException;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;

/** Opens the side that a workload needs. */
public final class WormholeSides {
  private WormholeSides() {}

  /**
   * Listens.
   *
   * @throws IOException when the provider cannot work here, or the server cannot listen
   */
  public static Side server(SideSpec spec) throws IOException {
    return switch (spec.workload()) {
      case STREAM, BULK, PINGPONG, PIPELINE -> ReceivingHost.open(spec);
      case BROADCAST -> BroadcastHost.open(spec);
      case CONNECT -> ConnectHost.open(spec);
    };
  }

  /**
   * Connects all clients; for {@code connect} none yet.
   *
   * @throws IOException when the provider cannot work here, or a client cannot connect
   */
  public static Side client(SideSpec spec) throws IOException {
    return switch (spec.workload()) {
      case STREAM, BULK, PINGPONG -> new ThreadedClient(spec);
      case PIPELINE -> PipelineClient.connect(spec);
      case BROADCAST -> BroadcastClient.connect(spec);
      case CONNECT -> new ConnectClient(spec);
    };
  }
}
