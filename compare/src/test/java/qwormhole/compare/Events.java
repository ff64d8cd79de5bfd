package qwormhole.compare;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/** The last handler of a channel: tells the receiver what happens, and hands on decoded frames. */
final class Events extends ChannelInboundHandlerAdapter {
  private final Receiver receiver;

  Events(Receiver receiver) {
    this.receiver = receiver;
  }

  /** A frame as LengthFieldBasedFrameDecoder makes one. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf frame = (ByteBuf) message;
    try {
      ByteBuffer view = frame.nioBuffer();
      receiver.onFrame(view, view.position(), view.remaining());
    } finally {
      frame.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    receiver.onReadComplete();
    context.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      receiver.onWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    receiver.onBroken("the connection ended");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    receiver.onBroken(cause.toString());
    var unused = context.close();
  }
}
