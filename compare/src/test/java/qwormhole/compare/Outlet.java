package qwormhole.compare;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import qwormhole.bench.baseline.BareWrites;

/** How frames get into a channel. Used by one thread at a time. */
interface Outlet {
  /** Sends the buffer's bytes from position to limit, or keeps them until {@link #flush}. */
  void write(ByteBuffer payload);

  /** Lets go of what is kept. */
  void flush();

  /** As it is usually written: a pooled buffer for each message, and writeAndFlush. */
  static Outlet usual(Channel channel) {
    return new Outlet() {
      @Override
      public void write(ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuf frame = channel.alloc().directBuffer(Integer.BYTES + length);
        frame.writeInt(length).writeBytes(payload);
        var unused = channel.writeAndFlush(frame, channel.voidPromise());
      }

      @Override
      public void flush() {
        // The handler that consolidates flushes sees to it.
      }
    };
  }

  /**
   * As an expert would write it: small frames share a buffer of what one loopback segment takes,
   * which is handed over whole.
   */
  static Outlet gathering(Channel channel) {
    return new Outlet() {
      private ByteBuf gathered;

      @Override
      public void write(ByteBuffer payload) {
        int size = Integer.BYTES + payload.remaining();
        if (gathered != null && gathered.writableBytes() < size) {
          flush();
        }
        if (gathered == null) {
          int bytes = Math.max(BareWrites.DEFAULT_BYTES, size);
          gathered = channel.alloc().directBuffer(bytes, bytes);
        }
        gathered.writeInt(payload.remaining()).writeBytes(payload);
      }

      @Override
      public void flush() {
        if (gathered != null) {
          var unused = channel.writeAndFlush(gathered, channel.voidPromise());
          gathered = null;
        }
      }
    };
  }
}
