package qwormhole.api.internal.frame;

/**
 * What a resumable session has written and the peer has not acknowledged (protocol section 5): the
 * segments themselves, in the order of the wire, so that nothing is copied. Numbers messages as they
 * are taken for writing, after the priorities. Not thread-safe: its owner locks, and bounds it by
 * {@link #bytes} and by what it lets in.
 */
public final class ReplayBuffer {
  private Segment head;
  private Segment tail;
  private long acknowledged;
  private long numbered;
  private long bytes;

  /** How many messages the peer has handled: the oldest number that can be replayed. */
  public long acknowledged() {
    return acknowledged;
  }

  /** How many messages have been taken for writing: the next number. */
  public long numbered() {
    return numbered;
  }

  /** The memory that is kept, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Gives the messages of a segment their numbers: it is taken for writing, for the first time. */
  public void number(Segment taken) {
    numbered += taken.frames;
    taken.endSequence = numbered;
  }

  /**
   * Takes a segment whose last byte is with the kernel.
   *
   * @return false when nothing in it may ever be wanted again: it stays the caller's
   */
  public boolean keep(Segment written) {
    if (isOwnFrames(written) || written.endSequence <= acknowledged) {
      return false;
    }
    written.next = null;
    append(written);
    return true;
  }

  private void append(Segment segment) {
    if (tail == null) {
      head = segment;
    } else {
      tail.next = segment;
    }
    tail = segment;
    bytes += segment.memory.capacity();
  }

  /** Frames of the protocol itself are never replayed; the part of a message that goes on is. */
  private static boolean isOwnFrames(Segment segment) {
    return segment.frames == 0 && segment.startsFrame;
  }

  /**
   * The peer has handled all messages below this number.
   *
   * @return segments that are the caller's again, in a chain; null for none
   */
  public Segment acknowledge(long count) {
    acknowledged = count;
    Segment first = null;
    while (head != null && head.endSequence <= count) {
      Segment done = removeHead();
      done.next = first;
      first = done;
    }
    return first;
  }

  private Segment removeHead() {
    Segment removed = head;
    head = removed.next;
    if (head == null) {
      tail = null;
    }
    removed.next = null;
    bytes -= removed.memory.capacity();
    return removed;
  }

  /** Segments to write again, and those that are not wanted any more, each in a chain or null. */
  public record Rewound(Segment again, Segment spare) {}

  /**
   * Takes out everything from a number on, to be written again, followed by what was about to be
   * written when the connection ended.
   *
   * @param next the number the peer expects, from {@link #acknowledged} to {@link #numbered}
   * @param flight what had been taken for writing and is not written, or only in part; or null
   */
  public Rewound rewind(long next, Segment flight) {
    Segment all = head;
    if (tail != null) {
      tail.next = flight;
    } else {
      all = flight;
    }
    head = null;
    tail = null;
    bytes = 0;
    Segment again = null;
    Segment last = null;
    Segment spare = null;
    while (all != null) {
      Segment segment = all;
      all = segment.next;
      segment.next = null;
      if (isOwnFrames(segment)) {
        segment.next = spare;
        spare = segment;
      } else if (segment.endSequence <= next) {
        append(segment); // the peer has it, and has not handled it yet
      } else if (again == null) {
        segment.memory.position(start(segment, next));
        again = segment;
        last = segment;
      } else {
        segment.memory.position(0);
        last.next = segment;
        last = segment;
      }
    }
    return new Rewound(again, spare);
  }

  /** Where a message begins in the first segment that is not done with. */
  private static int start(Segment segment, long number) {
    int at = segment.firstFrame;
    for (long n = segment.endSequence - segment.frames; n < number; n++) {
      at += Frames.HEADER_BYTES + segment.memory.getInt(at);
    }
    return at;
  }

  /** Takes out everything that is kept, in a chain or null. */
  public Segment clear() {
    Segment all = head;
    head = null;
    tail = null;
    bytes = 0;
    return all;
  }
}
