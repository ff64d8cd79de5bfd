package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.util.List;
import qwormhole.api.internal.frame.MessageChain;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.spi.Link;

/**
 * What a resumable session does with what it has sent: learns what the peer has, goes on over another
 * link, or gives it back when it is lost. Has no state of its own; takes {@link OutboundRoom}'s lock.
 */
final class OutboundResumption {
  private final OutboundRoom room;
  private final Retention retention;
  private final OutboundQueue queue;
  private final LinkWriter writer;
  private final Flusher flusher;
  private final WriteTurn turn;

  OutboundResumption(OutboundRoom room, OutboundQueue queue, LinkWriter writer, Flusher flusher) {
    this.room = room;
    this.retention = room.retention();
    this.queue = queue;
    this.writer = writer;
    this.flusher = flusher;
    this.turn = flusher.turn();
  }

  /** From now on at most so many bytes are kept, until the peer has acknowledged them. */
  void retain(int maxBytes) {
    room.lock();
    try {
      writer.retain(retention.begin(maxBytes));
    } finally {
      room.unlock();
    }
  }

  /** The peer has handled so many messages; false when it cannot have. Also without a session. */
  boolean acknowledge(long count) {
    Segment spare;
    int due;
    room.lock();
    try {
      if (!retention.admits(count, room.messages())) {
        return false;
      }
      spare = retention.acknowledge(count);
      due = retention.isOn() ? room.due() : 0;
    } finally {
      room.unlock();
    }
    writer.lose(spare);
    room.tellRoom(due);
    return true;
  }

  /** The link has ended and another one may come: what is accepted meanwhile waits for it. */
  void detach() {
    Segment own;
    room.lock();
    try {
      turn.detach();
      long before = queue.bytes();
      own = queue.takeControl();
      room.add((int) (queue.bytes() - before), 0);
    } finally {
      room.unlock();
    }
    writer.lose(own);
  }

  /** Whether the peer can have received so many messages, and what it lacks is still here. */
  boolean canReplay(long received) {
    room.lock();
    try {
      return !room.isEnded() && retention.canReplay(received);
    } finally {
      room.unlock();
    }
  }

  /** Goes on over another link, as {@link Outbound#attach} says. */
  boolean attach(Link other, OutboundEvents owner, OutboundResumption greeting, long received) {
    Segment spare;
    lockWithNobodyWriting();
    try {
      if (room.isEnded()) {
        return false;
      }
      int before = writer.flightBytes();
      spare = writer.goOn(other, greeting.surrender(), received);
      writer.countIn(greeting.writer);
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

  /** Gives away what is not written, and ends. */
  private Segment surrender() {
    room.lock();
    try {
      room.end();
      room.clear();
      return writer.surrender(queue);
    } finally {
      room.unlock();
    }
  }

  /**
   * Ends, and gives copies of the messages that the peer has not acknowledged.
   *
   * @param checked whether a checksum follows each
   */
  List<ByteBuffer> endUnacknowledged(boolean checked) {
    Segment all;
    Segment spare;
    lockWithNobodyWriting();
    try {
      if (room.isEnded() || !retention.isOn()) {
        return List.of();
      }
      room.end();
      room.clear();
      spare = writer.goOn(flusher.link(), null, retention.acknowledged());
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

  /** After {@link #detach}: somebody's last write to the old link, which does not block, may go on. */
  private void lockWithNobodyWriting() {
    room.lock();
    while (turn.isTaken()) {
      room.unlock();
      Thread.onSpinWait();
      room.lock();
    }
  }
}
