package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormholeRuntime;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;

/** QWormhole clients of one side, on one loop thread. */
abstract class Lanes<L extends Lane> implements Side {
  private final QWormholeRuntime runtime = new QWormholeRuntime();
  private final List<L> lanes = new ArrayList<>();

  /**
   * Connects all clients.
   *
   * @throws IOException when the provider cannot work here, or a client cannot connect
   */
  Lanes(SideSpec spec, Supplier<L> lane) throws IOException {
    ClientOptions<ByteBuffer> options = Opening.clientOptions(spec);
    try {
      for (int i = 0; i < spec.clients(); i++) {
        L next = lane.get();
        next.connect(runtime, options);
        lanes.add(next);
      }
    } catch (IOException e) {
      runtime.close();
      throw e;
    }
  }

  final List<L> lanes() {
    return lanes;
  }

  @Override
  public final String mode() {
    return lanes.get(0).mode();
  }

  @Override
  public final int port() {
    return 0;
  }

  @Override
  public final Effort effort() {
    return lanes.stream().map(Lane::effort).reduce(Effort.NONE, Effort::plus);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
