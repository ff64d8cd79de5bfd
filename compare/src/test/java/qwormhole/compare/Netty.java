package qwormhole.compare;

import java.io.IOException;
import java.util.Locale;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.Side;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/** Netty: two transports, each written in two ways. */
public abstract class Netty implements Contender {
  private final Io io;
  private final Style style;

  private Netty(Io io, Style style) {
    this.io = io;
    this.style = style;
  }

  @Override
  public String id() {
    String name = "netty-" + io.name().toLowerCase(Locale.ROOT);
    return style == Style.TUNED ? name + "-tuned" : name;
  }

  @Override
  public boolean runs(Workload workload) {
    return workload.hasBare();
  }

  @Override
  public Side server(SideSpec spec) throws IOException {
    return new NettyServer(id(), io, style, spec);
  }

  @Override
  public Side client(SideSpec spec) throws IOException {
    return new NettyClient(id(), io, style, spec);
  }

  /** NIO, as usually written. */
  public static final class Nio extends Netty {
    public Nio() {
      super(Io.NIO, Style.USUAL);
    }
  }

  /** Epoll, as usually written. */
  public static final class Epoll extends Netty {
    public Epoll() {
      super(Io.EPOLL, Style.USUAL);
    }
  }

  /** NIO, as an expert would write it. */
  public static final class NioTuned extends Netty {
    public NioTuned() {
      super(Io.NIO, Style.TUNED);
    }
  }

  /** Epoll, as an expert would write it. */
  public static final class EpollTuned extends Netty {
    public EpollTuned() {
      super(Io.EPOLL, Style.TUNED);
    }
  }
}
