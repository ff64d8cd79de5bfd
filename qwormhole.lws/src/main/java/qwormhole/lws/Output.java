package qwormhole.lws;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Writes buffers in as few system calls as possible and without allocating. Small and heap bytes
 * are copied together, large direct ones are sent from where they lie. One object serves one write at
 * a time; those of a processor or two serve all threads, however many send.
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

  /** Power of two; a write keeps its place for microseconds. */
  private static final int PLACES =
      2 * Integer.highestOneBit(Math.min(64, Runtime.getRuntime().availableProcessors()));

  /** Of places, so that threads beside each other do not share a cache line. */
  private static final int STRIDE = 16;

  private static final AtomicReferenceArray<Output> IDLE =
      new AtomicReferenceArray<>(PLACES * STRIDE);

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

  /**
   * Writes what the socket takes now; returns how many bytes that were: none also when the process has
   * no memory left to gather them in. Any thread.
   */
  static long write(int fd, ByteBuffer[] buffers, int offset, int length) throws IOException {
    int near = (int) Thread.currentThread().getId();
    Output output = take(near);
    if (output == null) {
      return 0;
    }
    try {
      return output.writeAll(fd, buffers, offset, length);
    } finally {
      giveBack(output, near);
    }
  }

  private static Output take(int near) {
    for (int i = 0; i < PLACES; i++) {
      int at = place(near + i);
      Output idle = IDLE.getPlain(at) == null ? null : IDLE.getAndSet(at, null);
      if (idle != null) {
        return idle;
      }
    }
    try {
      return new Output();
    } catch (OutOfMemoryError e) {
      return null; // the caller tries again when the socket is writable, which it is soon
    }
  }

  /** Keeps it where there is a place; else its memory goes with it. */
  private static void giveBack(Output output, int near) {
    for (int i = 0; i < PLACES; i++) {
      int at = place(near + i);
      if (IDLE.getPlain(at) == null && IDLE.compareAndSet(at, null, output)) {
        return;
      }
    }
  }

  private static int place(int number) {
    return (number & (PLACES - 1)) * STRIDE;
  }

  private long writeAll(int fd, ByteBuffer[] buffers, int offset, int length) throws IOException {
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
