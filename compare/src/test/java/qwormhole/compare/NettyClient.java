package qwormhole.compare;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Driver;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.LoadThreads;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;

/** Netty clients on one loop, each driven by an application thread of its own. */
final class NettyClient implements Driver {
  private final String id;
  private final EventLoopGroup loop;
  private final LoadThreads threads;
  private final List<NettyLane> lanes = new ArrayList<>();

  NettyClient(String id, Io io, Style style, SideSpec spec) throws IOException {
    this.id = id;
    loop = io.loop();
    threads = new LoadThreads(spec.clients());
    for (int i = 0; i < spec.clients(); i++) {
      NettyLane lane = new NettyLane(spec);
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(io.channel())
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      Io.configure(channel);
                      style.fill(channel.pipeline(), lane, Math.max(spec.size(), Counts.SIZE));
                    }
                  });
      ChannelFuture connected = bootstrap.connect(spec.host(), spec.port());
      if (!connected.awaitUninterruptibly().isSuccess()) {
        close();
        throw new IOException(connected.cause());
      }
      lane.open(connected.channel(), style.outlet(connected.channel()));
      lanes.add(lane);
    }
  }

  @Override
  public Round run(long messages) throws IOException {
    List<Callable<Share>> tasks = new ArrayList<>();
    lanes.forEach(lane -> tasks.add(() -> lane.run(messages)));
    return threads.run(tasks);
  }

  @Override
  public String mode() {
    return id;
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public Effort effort() {
    return Effort.UNKNOWN;
  }

  @Override
  public void close() {
    threads.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
