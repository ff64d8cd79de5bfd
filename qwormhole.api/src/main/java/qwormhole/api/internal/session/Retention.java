package qwormhole.api.internal.session;

import qwormhole.api.internal.frame.ReplayBuffer;

/**
 * Bounds what a resumable session keeps for its peer: messages and bytes that the peer has not
 * acknowledged. Guarded by {@link OutboundRoom}'s lock, but for the hint.
 */
final class Retention {
  private static final int MAX_MESSAGES = 65_536;

  private final ReplayBuffer replay = new ReplayBuffer();
  private final int maxBytes;

  Retention(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What is kept. */
  ReplayBuffer replay() {
    return replay;
  }

  /**
   * Whether no more may be accepted until the peer acknowledges.
   *
   * @param unacknowledged how many messages have been accepted and not acknowledged
   * @param bytes what is pending, with what is to be added
   */
  boolean isFull(long unacknowledged, long bytes) {
    return unacknowledged >= MAX_MESSAGES
        || (unacknowledged > 0 && replay.bytes() + bytes > maxBytes);
  }

  /** Whether refused senders may try again, as far as it is for what must be kept. */
  boolean isRoomy(long unacknowledged, int pendingBytes) {
    return unacknowledged <= MAX_MESSAGES / 2 && replay.bytes() + pendingBytes <= maxBytes / 2;
  }

  /** Memory that is kept; a hint without the lock. */
  long bytes() {
    return replay.bytes();
  }
}
