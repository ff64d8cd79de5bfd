package qwormhole.api.internal.tls;

import java.nio.ByteBuffer;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.frame.SegmentPool;

/**
 * Cuts ciphertext into TLS records. A whole one stays in the provider's memory, which the engine
 * decrypts in place; one that is cut by the end of a chunk is put together here. Used on the loop.
 */
final class RecordReader {
  private static final int HEADER_BYTES = 5;

  /** The most that TLS 1.2 allows: its header, 16 KiB, and what encryption may add. */
  private static final int MAX_RECORD_BYTES = HEADER_BYTES + (16 << 10) + 2048;

  /** While nothing is decrypted: a provider's read, and what it still hands over when paused. */
  private static final int MAX_HELD_BYTES = 1 << 20;

  private static final int FIRST_TYPE = 20; // change cipher spec
  private static final int LAST_TYPE = 23; // application data
  private static final int MAJOR_VERSION = 3;

  private final SegmentPool pool;
  private Segment held; // from position to limit

  RecordReader(SegmentPool pool) {
    this.pool = pool;
  }

  /**
   * The buffer whose position is at a whole record, or null when there is none: all of the chunk has
   * been taken then. To be called again when the record has been taken from the buffer.
   */
  ByteBuffer next(ByteBuffer chunk) throws TlsEnd {
    if (held != null && !held.memory.hasRemaining()) {
      release();
    }
    if (held == null) {
      if (isWhole(chunk) && !chunk.isReadOnly()) {
        return chunk;
      }
      if (!chunk.hasRemaining()) {
        return null;
      }
      hold(chunk.isReadOnly() ? chunk.remaining() : MAX_RECORD_BYTES);
      append(chunk, held.memory.capacity());
    } else if (!isWhole(held.memory)) {
      append(chunk, HEADER_BYTES);
      append(chunk, wholeBytes(held.memory));
    }
    return isWhole(held.memory) ? held.memory : null;
  }

  /** Keeps all of a chunk for later. */
  void keep(ByteBuffer chunk) throws TlsEnd {
    if (held == null && chunk.hasRemaining()) {
      hold(chunk.remaining());
    }
    if (held != null) {
      append(chunk, held.memory.remaining() + chunk.remaining());
    }
  }

  private static boolean isWhole(ByteBuffer records) throws TlsEnd {
    int bytes = records.remaining();
    return bytes >= HEADER_BYTES ? bytes >= wholeBytes(records) : bytes > 0 && isCutHeader(records);
  }

  /** False, if the first byte may begin a record at all. */
  private static boolean isCutHeader(ByteBuffer records) throws TlsEnd {
    checkType(records.get(records.position()));
    return false;
  }

  /** How long the first record is; its header must be there, or only 5 is asked for. */
  private static int wholeBytes(ByteBuffer records) throws TlsEnd {
    if (records.remaining() < HEADER_BYTES) {
      return HEADER_BYTES;
    }
    int at = records.position();
    checkType(records.get(at));
    int length = records.getShort(at + 3) & 0xffff;
    if (records.get(at + 1) != MAJOR_VERSION || HEADER_BYTES + length > MAX_RECORD_BYTES) {
      throw notTls();
    }
    return HEADER_BYTES + length;
  }

  private static void checkType(byte type) throws TlsEnd {
    if (type < FIRST_TYPE || type > LAST_TYPE) {
      throw notTls();
    }
  }

  private static TlsEnd notTls() {
    return TlsEnd.refused("the peer sent something that is not TLS");
  }

  private void hold(int bytes) throws TlsEnd {
    held = acquire(Math.max(bytes, MAX_RECORD_BYTES));
    held.memory.limit(0);
  }

  /** Takes from the chunk until so many bytes are held, or it is used up. */
  private void append(ByteBuffer chunk, int target) throws TlsEnd {
    ByteBuffer memory = held.memory;
    int count = Math.min(target - memory.remaining(), chunk.remaining());
    if (count <= 0) {
      return;
    }
    if (memory.limit() + count > memory.capacity()) {
      makeRoom(memory.remaining() + count);
      memory = held.memory;
    }
    int end = memory.limit();
    memory.limit(end + count).put(end, chunk, chunk.position(), count);
    chunk.position(chunk.position() + count);
  }

  private void makeRoom(int bytes) throws TlsEnd {
    if (bytes <= held.memory.capacity()) {
      held.memory.compact().flip();
      return;
    }
    Segment larger = acquire(bytes);
    larger.memory.put(held.memory).flip();
    pool.release(held);
    held = larger;
  }

  private Segment acquire(int bytes) throws TlsEnd {
    if (bytes > MAX_HELD_BYTES) {
      throw TlsEnd.refused("more than " + MAX_HELD_BYTES + " bytes during the TLS handshake");
    }
    Segment segment = pool.acquire(bytes);
    if (segment == null) {
      throw new TlsEnd(
          Initiator.LOCAL, ErrorCode.E_RESOURCE_EXHAUSTED, "no buffer for a TLS record in pieces");
    }
    return segment;
  }

  /** Gives memory back. */
  void release() {
    if (held != null) {
      pool.release(held);
      held = null;
    }
  }
}
