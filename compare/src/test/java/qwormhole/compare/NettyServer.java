package qwormhole.compare;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Arrivals;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Sink;
import qwormhole.bench.load.Verifier;

/** A Netty server on one loop that checks what comes, and confirms or echoes it. */
final class NettyServer implements Sink {
  private final String id;
  private final SideSpec spec;
  private final Histogram oneWay;
  private final EventLoopGroup loop;
  private final Channel listener;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  NettyServer(String id, Io io, Style style, SideSpec spec) throws IOException {
    this.id = id;
    this.spec = spec;
    this.oneWay = spec.sampleEvery() > 0 ? Round.histogram() : null;
    loop = io.loop();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(io.serverChannel())
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    Io.configure(channel);
                    Peer peer = new Peer(style.outlet(channel));
                    style.fill(channel.pipeline(), peer, spec.size());
                    peers.add(peer);
                  }
                });
    listener = bootstrap.bind(spec.host(), spec.port()).syncUninterruptibly().channel();
  }

  /** One connection; all but its verifier's target belongs to the loop. */
  private final class Peer implements Receiver {
    private final Verifier verifier = new Verifier(spec, oneWay);
    private final ByteBuffer confirmation = ByteBuffer.allocateDirect(Counts.SIZE);
    private final Outlet outlet;

    Peer(Outlet outlet) {
      this.outlet = outlet;
    }

    @Override
    public void onFrame(ByteBuffer buffer, int offset, int length) {
      boolean last = verifier.accept(buffer, offset, length);
      if (spec.workload().isEcho()) {
        int position = buffer.position();
        int limit = buffer.limit();
        outlet.write(buffer.limit(offset + length).position(offset));
        buffer.limit(limit).position(position);
      } else if (last) {
        verifier.counts().write(confirmation.clear());
        outlet.write(confirmation.flip());
      }
    }

    @Override
    public void onReadComplete() {
      outlet.flush();
    }

    @Override
    public void onBroken(String how) {
      peers.remove(this);
    }
  }

  @Override
  public String mode() {
    return id;
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void expect(long messages, Duration patience) throws IOException {
    Arrivals.await(peers::size, spec.clients(), patience);
    if (oneWay != null) {
      oneWay.reset();
    }
    peers.forEach(peer -> peer.verifier.expect(messages));
  }

  @Override
  public Counts counts() {
    return peers.stream().map(peer -> peer.verifier.counts()).reduce(Counts.NONE, Counts::plus);
  }

  @Override
  public Effort effort() {
    return Effort.UNKNOWN;
  }

  @Override
  public Histogram oneWay() {
    return oneWay;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
