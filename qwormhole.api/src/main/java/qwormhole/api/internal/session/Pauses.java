package qwormhole.api.internal.session;

import java.util.concurrent.atomic.AtomicInteger;

/** Why a session does not read: it reads when there is no reason left. Any thread. */
final class Pauses {
  /** The application asked. */
  static final int APPLICATION = 1;

  /** The handshake is being signed, verified or decided on. */
  static final int HANDSHAKE = 2;

  /** The inbound rate limit is in debt. */
  static final int RATE = 4;

  /** The handler executor is behind. */
  static final int HANDLERS = 8;

  /** The peer does not take what it is sent. */
  static final int OUTBOUND = 16;

  /** Signatures of messages took their time: other connections of the loop have a turn. */
  static final int SIGNATURES = 32;

  private final AtomicInteger reasons = new AtomicInteger();

  boolean any() {
    return reasons.get() != 0;
  }

  boolean has(int reason) {
    return (reasons.get() & reason) != 0;
  }

  /** Adds a reason; true when it is the first. */
  boolean add(int reason) {
    return reasons.getAndUpdate(old -> old | reason) == 0;
  }

  /** Takes a reason away; true when it was the last. */
  boolean remove(int reason) {
    int before = reasons.getAndUpdate(old -> old & ~reason);
    return before != 0 && (before & ~reason) == 0;
  }
}
