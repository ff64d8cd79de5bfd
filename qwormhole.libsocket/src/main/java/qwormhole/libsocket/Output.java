package qwormhole.libsocket;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

/**
 * Writes buffers in as few system calls as possible and without allocating. Small and heap bytes
 * are copied together, large direct ones are sent from where they lie. One object serves one thread.
 */
final class Output {

  /** Also bounds what a call copies for a socket that then takes little of it. */
  static final int COPY_BYTES = 128 * 1024;

  private static final int SMALL = 4096;
  private static final int MAX_PARTS = 64;
  private static final int KNOWN = 64;
  private static final int FLAGS = LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL;
  private static final int MESSAGE_BYTES = 56;
  private static final int MESSAGE_PARTS = 16;
  private static final int MESSAGE_PART_COUNT = 24;
  private static final int PART_BYTES = 16;

  private static final ThreadLocal<Output> OF_THREAD = ThreadLocal.withInitial(Output::new);

  private final NativeBytes copy = new NativeBytes(COPY_BYTES);
  private final NativeBytes message = new NativeBytes(MESSAGE_BYTES + MAX_PARTS * PART_BYTES);
  private final ByteBuffer parts = message.bytes;
  private final KnownBuffers known = new KnownBuffers();
  private int count; // of parts
  private int copied;
  private long lastEnd; // where the last part ends, to make one of two that touch

  private Output() {
    parts.putLong(MESSAGE_PARTS, message.address + MESSAGE_BYTES);
  }

  static Output ofThread() {
    return OF_THREAD.get();
  }

  long write(int fd, ByteBuffer[] buffers, int offset, int length) throws IOException {
    long total = 0;
    int end = offset + length;
    int first = offset;
    while (true) {
      while (first < end && !buffers[first].hasRemaining()) {
        first++;
      }
      if (first == end) {
        return total;
      }
      long offered = gather(buffers, first, end);
      long taken = send(fd);
      if (taken < 0) {
        int error = LibC.errno();
        if (error == Errno.EINTR) {
          continue;
        }
        if (error == Errno.EAGAIN) {
          return total;
        }
        throw Errno.of(error, "cannot write");
      }
      advance(buffers, first, taken);
      total += taken;
      if (taken < offered) {
        return total;
      }
    }
  }

  private long send(int fd) {
    if (count == 1) {
      return LibC.send(fd, parts.getLong(MESSAGE_BYTES), parts.getLong(MESSAGE_BYTES + 8), FLAGS);
    }
    parts.putLong(MESSAGE_PART_COUNT, count);
    return LibC.sendmsg(fd, message.address, FLAGS);
  }

  private long gather(ByteBuffer[] buffers, int first, int end) {
    count = 0;
    copied = 0;
    lastEnd = 0;
    long offered = 0;
    for (int i = first; i < end && count < MAX_PARTS; i++) {
      ByteBuffer buffer = buffers[i];
      int remaining = buffer.remaining();
      if (remaining == 0) {
        continue;
      }
      int room = COPY_BYTES - copied;
      if (buffer.isDirect() && (remaining > SMALL || remaining > room)) {
        part(known.addressOf(buffer) + buffer.position(), remaining);
        offered += remaining;
        continue;
      }
      int some = Math.min(remaining, room);
      if (some > 0) {
        copy.bytes.put(copied, buffer, buffer.position(), some);
        part(copy.address + copied, some);
        copied += some;
        offered += some;
      }
      if (some < remaining) {
        break;
      }
    }
    return offered;
  }

  private void part(long address, long length) {
    if (address == lastEnd && count > 0) {
      int at = MESSAGE_BYTES + (count - 1) * PART_BYTES + 8;
      parts.putLong(at, parts.getLong(at) + length);
    } else {
      int at = MESSAGE_BYTES + count++ * PART_BYTES;
      parts.putLong(at, address).putLong(at + 8, length);
    }
    lastEnd = address + length;
  }

  private static void advance(ByteBuffer[] buffers, int first, long taken) {
    long left = taken;
    for (int i = first; left > 0; i++) {
      int some = (int) Math.min(left, buffers[i].remaining());
      buffers[i].position(buffers[i].position() + some);
      left -= some;
    }
  }

  /** Remembers where direct buffers lie: the core's segments come again and again. */
  private static final class KnownBuffers {
    @SuppressWarnings({"unchecked", "rawtypes"})
    private final WeakReference<ByteBuffer>[] buffers = new WeakReference[KNOWN];

    private final long[] addresses = new long[KNOWN];

    long addressOf(ByteBuffer buffer) {
      int at = System.identityHashCode(buffer) & (KNOWN - 1);
      WeakReference<ByteBuffer> there = buffers[at];
      if (there == null || !there.refersTo(buffer)) {
        buffers[at] = new WeakReference<>(buffer);
        addresses[at] = NativeBytes.addressOf(buffer);
      }
      return addresses[at];
    }
  }
}
