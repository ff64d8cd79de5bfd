package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A piece of pooled memory, with what its user needs to chain it. Owned by one user at a time. */
public final class Segment {
  /** Big-endian direct memory; position and limit are the owner's. */
  public final ByteBuffer memory;

  /** The next segment of the owner's chain. */
  public Segment next;

  /** Whether the first byte begins a frame: other priorities may go before it. */
  public boolean startsFrame;

  /** How many messages begin in it; frames of the protocol itself are none. */
  public int frames;

  /** Where the first frame that begins in it begins; before that a frame of the segment before ends. */
  public int firstFrame;

  /** The sequence number of the first message that begins after it; once it is about to be written. */
  long endSequence;

  /** Told when the last byte is with the kernel; null when nobody asked. */
  public List<CompletableFuture<Void>> completions;

  private ByteBuffer readOnly;

  Segment(int bytes) {
    memory = ByteBuffer.allocateDirect(bytes);
  }

  /** A read-only view of the whole memory, the same object each time. */
  public ByteBuffer readOnlyView() {
    if (readOnly == null) {
      readOnly = memory.duplicate().clear().asReadOnlyBuffer();
    }
    return readOnly;
  }

  void takeFrom(Segment from, int position, int limit) {
    memory.clear().put(from.memory.duplicate().clear().limit(limit)).flip().position(position);
    startsFrame = from.startsFrame;
    frames = from.frames;
    firstFrame = from.firstFrame;
    endSequence = from.endSequence;
    completions = from.completions;
    from.completions = null;
  }

  void reset() {
    memory.clear();
    next = null;
    startsFrame = false;
    frames = 0;
    firstFrame = 0;
    endSequence = 0;
    completions = null;
  }
}
