package qwormhole.compare;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.util.Map;
import qwormhole.bench.load.UnavailableException;

/** Which transport of Netty's, and the settings that all its channels have. */
enum Io {
  NIO,
  EPOLL;

  /** Reads as large as QWormhole's; room for a few full writes, so that the loop is never idle. */
  private static final Map<ChannelOption<?>, Object> OPTIONS =
      Map.of(
          ChannelOption.TCP_NODELAY,
          true,
          ChannelOption.ALLOCATOR,
          PooledByteBufAllocator.DEFAULT,
          ChannelOption.RECVBUF_ALLOCATOR,
          new FixedRecvByteBufAllocator(128 * 1024),
          ChannelOption.WRITE_BUFFER_WATER_MARK,
          new WriteBufferWaterMark(128 * 1024, 512 * 1024));

  EventLoopGroup loop() throws UnavailableException {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    if (this == NIO) {
      return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }
    if (!Epoll.isAvailable()) {
      throw new UnavailableException("Netty's epoll: " + Epoll.unavailabilityCause(), null);
    }
    return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  Class<? extends ServerChannel> serverChannel() {
    return this == NIO ? NioServerSocketChannel.class : EpollServerSocketChannel.class;
  }

  Class<? extends SocketChannel> channel() {
    return this == NIO ? NioSocketChannel.class : EpollSocketChannel.class;
  }

  @SuppressWarnings("unchecked") // The map's entries belong together.
  static void configure(SocketChannel channel) {
    OPTIONS.forEach(
        (option, value) -> channel.config().setOption((ChannelOption<Object>) option, value));
  }
}
