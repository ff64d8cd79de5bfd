package qwormhole.compare;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;

/** How a program over Netty is written. */
enum Style {
  /** LengthFieldBasedFrameDecoder, a buffer for each message, flushes consolidated. */
  USUAL,
  /** Decoded in place; small frames share buffers. */
  TUNED;

  private static final int MAX_FLUSHES = 256;

  void fill(ChannelPipeline pipeline, Receiver receiver, int maxPayload) {
    if (this == USUAL) {
      pipeline.addLast(new FlushConsolidationHandler(MAX_FLUSHES, true));
      pipeline.addLast(new LengthFieldBasedFrameDecoder(Integer.BYTES + maxPayload, 0, 4, 0, 4));
    } else {
      pipeline.addLast(new InPlaceDecoder(receiver, maxPayload));
    }
    pipeline.addLast(new Events(receiver));
  }

  Outlet outlet(Channel channel) {
    return this == USUAL ? Outlet.usual(channel) : Outlet.gathering(channel);
  }
}
