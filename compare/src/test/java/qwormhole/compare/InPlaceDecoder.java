package qwormhole.compare;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/** Hands frames on where they were read to; only one that is cut is moved. */
final class InPlaceDecoder extends ChannelInboundHandlerAdapter {
  private final Receiver receiver;
  private final ByteBuf rest;

  InPlaceDecoder(Receiver receiver, int maxPayload) {
    this.receiver = receiver;
    rest = Unpooled.directBuffer(Integer.BYTES + maxPayload);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (rest.isReadable() && !completeRest(in)) {
        return;
      }
      ByteBuffer view = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
      int at = view.position();
      int end = view.limit();
      while (end - at >= Integer.BYTES) {
        int length = view.getInt(at);
        if (end - at - Integer.BYTES < length) {
          break;
        }
        receiver.onFrame(view, at + Integer.BYTES, length);
        at += Integer.BYTES + length;
      }
      in.skipBytes(at - view.position());
      rest.writeBytes(in);
    } finally {
      in.release();
    }
  }

  /** False when there is still not enough. */
  private boolean completeRest(ByteBuf in) {
    fill(in, Integer.BYTES);
    if (rest.readableBytes() < Integer.BYTES) {
      return false;
    }
    int length = rest.getInt(0);
    fill(in, Integer.BYTES + length);
    if (rest.readableBytes() < Integer.BYTES + length) {
      return false;
    }
    ByteBuffer frame = rest.internalNioBuffer(0, Integer.BYTES + length);
    receiver.onFrame(frame, frame.position() + Integer.BYTES, length);
    rest.clear();
    return true;
  }

  private void fill(ByteBuf in, int target) {
    int missing = Math.min(target - rest.readableBytes(), in.readableBytes());
    if (missing > 0) {
      rest.writeBytes(in, missing);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    rest.release();
  }
}
