package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import qwormhole.api.internal.frame.MessageChain;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.spi.Link;

/**
 * Takes what a resumable session has sent, and its peer has not acknowledged, over to another link, or
 * gives it back when the session is lost. Has no state of its own; takes {@link OutboundRoom}'s lock.
 */
final class OutboundResumption {
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final OutboundRoom room;
  private final Retention retention;
  private final OutboundQueue queue;
  private final LinkWriter writer;
  private final Flusher flusher;
  private final WriteTurn turn;

  /** From now on what is written is kept. */
  OutboundResumption(
      OutboundRoom room,
      Retention retention,
      OutboundQueue queue,
      LinkWriter writer,
      Flusher flusher) {
    this.room = room;
    this.retention = retention;
    this.queue = queue;
    this.writer = writer;
    this.flusher = flusher;
    this.turn = flusher.turn();
    room.lock();
    try {
      room.retain(retention);
      writer.retain(retention.replay());
    } finally {
      room.unlock();
    }
  }

  /** Whether the peer can have received so many messages, and what it lacks is still here. */
  boolean canReplay(long received) {
    room.lock();
    try {
      return !room.isEnded()
          && received >= room.acknowledged()
          && received <= retention.replay().numbered();
    } finally {
      room.unlock();
    }
  }

  /** Goes on over another link, as {@link Outbound#attach} says. */
  boolean attach(Link other, OutboundEvents owner, Outbound greeting, long received) {
    Segment spare;
    if (!lockWithNobodyWriting()) {
      return false;
    }
    try {
      if (room.isEnded()) {
        return false;
      }
      int before = writer.flightBytes();
      spare = writer.goOn(other, greeting.surrender(), received);
      writer.countIn(greeting.writer());
      room.add(writer.flightBytes() - before, 0);
      flusher.link(other);
      room.events(owner);
      turn.attach();
    } finally {
      room.unlock();
    }
    writer.lose(spare);
    return true;
  }

  /**
   * Ends, and gives copies of the messages that the peer has not acknowledged.
   *
   * @param checked whether a checksum follows each
   */
  List<ByteBuffer> endUnacknowledged(boolean checked) {
    Segment all;
    Segment spare;
    if (!lockWithNobodyWriting()) {
      return List.of();
    }
    try {
      if (room.isEnded()) {
        return List.of();
      }
      room.end();
      room.clear();
      spare = writer.goOn(flusher.link(), null, room.acknowledged());
      all = writer.surrender(queue);
    } finally {
      room.unlock();
    }
    List<ByteBuffer> payloads = MessageChain.payloads(all, checked);
    writer.lose(spare);
    writer.lose(all);
    room.waiters().signalAll();
    return payloads;
  }

  /**
   * After {@link Outbound#detach}: the turn may still be somebody's, whose last write to the old link
   * has perhaps hung; what it writes is taken away then. Who has the turn outside of a write gives it
   * back soon.
   *
   * @return false, without the lock, when it has not been given back in time
   */
  private boolean lockWithNobodyWriting() {
    long start = System.nanoTime();
    room.lock();
    while (turn.isTaken()) {
      if (writer.takeAway()) {
        turn.drop();
        return true;
      }
      room.unlock();
      if (System.nanoTime() - start > TURN_NANOS) {
        Log.warn("a session cannot go on: a completion of one of its sends blocks", null);
        return false;
      }
      LockSupport.parkNanos(NAP_NANOS);
      room.lock();
    }
    return true;
  }
}
