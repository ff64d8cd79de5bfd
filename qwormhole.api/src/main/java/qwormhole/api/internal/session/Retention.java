package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.ReplayBuffer;
import qwormhole.api.internal.frame.Segment;

/**
 * Bounds what a resumable session keeps for its peer, and knows how much the peer has acknowledged;
 * without such a session nothing is kept. Guarded by {@link OutboundRoom}'s lock, but for the hints.
 */
final class Retention {
  private static final int MAX_MESSAGES = 65_536;

  private ReplayBuffer replay; // null unless the session is resumable
  private int maxBytes;
  private volatile long acknowledged;

  /** From now on what is written is kept until it is acknowledged, at most so many bytes. */
  ReplayBuffer begin(int bytes) {
    replay = new ReplayBuffer();
    maxBytes = bytes;
    return replay;
  }

  boolean isOn() {
    return replay != null;
  }

  /**
   * Whether no more may be accepted until the peer acknowledges.
   *
   * @param messages how many have been accepted
   * @param bytes what is pending, with what is to be added
   */
  boolean isFull(long messages, long bytes) {
    if (replay == null) {
      return false;
    }
    long unacknowledged = messages - acknowledged;
    return unacknowledged >= MAX_MESSAGES
        || (unacknowledged > 0 && replay.bytes() + bytes > maxBytes);
  }

  /** Whether refused senders may try again, as far as it is for what must be kept. */
  boolean isRoomy(long messages, int pendingBytes) {
    return replay == null
        || (messages - acknowledged <= MAX_MESSAGES / 2
            && replay.bytes() + pendingBytes <= maxBytes / 2);
  }

  /** Whether the peer may say that it has handled so many; not fewer than before. */
  boolean admits(long count, long messages) {
    long sent = replay == null ? messages + 1 : replay.numbered(); // one may be written in place
    return count >= acknowledged && count <= sent;
  }

  /** The peer has handled so many messages. Returns what is wanted by nobody any more, or null. */
  Segment acknowledge(long count) {
    acknowledged = count;
    return replay == null ? null : replay.acknowledge(count);
  }

  /** Whether the peer can have received so many messages, and what it lacks is still here. */
  boolean canReplay(long received) {
    return received >= acknowledged && received <= replay.numbered();
  }

  /** Gives up all that is kept, in a chain or null. */
  Segment clear() {
    return replay == null ? null : replay.clear();
  }

  /** How many messages the peer has handled, as far as it said so; a hint without the lock. */
  long acknowledged() {
    return acknowledged;
  }

  /** Memory that is kept; a hint without the lock. */
  long bytes() {
    return replay == null ? 0 : replay.bytes();
  }
}
