package qwormhole.api.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.session.FlushPolicy.Next;
import qwormhole.api.spi.Link;

/**
 * Writes what one link has accepted, when it is this thread's turn: until nothing is left, the socket is
 * full or others are to go on. Any thread; it takes {@link OutboundRoom}'s lock to ask {@link
 * WriteTurn} and never holds it while it writes. {@link LinkWriter} is used by who has the turn.
 */
final class Flusher {
  private final OutboundRoom room;
  private final OutboundQueue queue; // guarded by the room's lock
  private final LinkWriter writer;
  private final Timers timers;
  private final StreamGuard guard;
  private final WriteTurn turn; // guarded by the room's lock
  private final Runnable flushTask = this::flushOnLoop;

  /** Changes when a resumable session goes on over another one; with the lock held. */
  private volatile Link link;

  /** The guard's chain; guarded by it. */
  Flusher nextGuarded;

  Flusher(
      Link link,
      OutboundRoom room,
      OutboundQueue queue,
      LinkWriter writer,
      Timers timers,
      StreamGuard guard) {
    this.link = link;
    this.room = room;
    this.queue = queue;
    this.writer = writer;
    this.timers = timers;
    this.guard = guard;
    this.turn = new WriteTurn(room, queue, writer, new FlushPolicy(timers));
  }

  /** Whose turn it is. */
  WriteTurn turn() {
    return turn;
  }

  Link link() {
    return link;
  }

  /** Writes to another link from now on; with the lock held. */
  void link(Link other) {
    link = other;
  }

  // with the turn

  /** Does what {@link WriteTurn#next} said; without the lock. */
  void act(Next next) {
    switch (next) {
      case NOTHING -> {}
      case WRITE -> writeQueued();
      case WAKE_LOOP -> link.execute(flushTask);
      case ASK_GUARD -> guard.watch(this);
    }
  }

  /** Writes a message from where it lies, and what comes after it; false when the link has failed. */
  boolean writeInPlace(ByteBuffer payload, CompletableFuture<Void> completion) {
    int left;
    try {
      left = writer.writeInPlace(payload);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      return false;
    }
    if (completion != null) {
      writer.completeLast(completion);
    }
    writeQueued(left, 1);
    return true;
  }

  /** Writes what is queued, by who has taken the turn. */
  void writeQueued() {
    writeQueued(0, 0);
  }

  /** Writes until nothing is left or the socket is full, then gives the turn back. */
  private void writeQueued(int addedBytes, int addedMessages) {
    int added = addedBytes;
    int written = 0;
    long signals = 0;
    for (long outcome = settle(added, addedMessages, 0); ; outcome = settle(added, 0, written)) {
      signals |= outcome;
      if ((outcome & WriteTurn.END) != 0) {
        endTurn(signals);
        return;
      }
      try {
        int taken = writer.write();
        if (taken == LinkWriter.TAKEN_AWAY) {
          return; // so was the turn
        }
        added = -taken;
        written += taken;
      } catch (IOException | RuntimeException | Error e) {
        fail(e);
        return;
      }
    }
  }

  /** Accounts for the last write, takes what comes next, or gives the turn back. */
  private long settle(int added, int addedMessages, int writtenInTurn) {
    boolean full = writer.takeFull();
    Segment spare = null;
    room.lock();
    try {
      room.add(added, addedMessages);
      spare = writer.keepLanded();
      return turn.goOn(full, writtenInTurn) | room.due();
    } finally {
      room.unlock();
      if (spare != null) {
        writer.lose(spare);
      }
    }
  }

  private void endTurn(long outcome) {
    if ((outcome & WriteTurn.CLOSED) != 0) {
      discard();
      return;
    }
    if ((outcome & WriteTurn.FULL) != 0) {
      link.wantWritable();
    }
    if ((outcome & WriteTurn.OTHERS) != 0) {
      link.execute(flushTask);
    }
    if (outcome >>> WriteTurn.RATE_SHIFT > 0) {
      timers.schedule(() -> link.execute(this::onWritable), outcome >>> WriteTurn.RATE_SHIFT);
    }
    if ((outcome & WriteTurn.GUARD) != 0) {
      guard.watch(this);
    }
    room.tellRoom(outcome);
    if ((outcome & WriteTurn.FINISHED) != 0) {
      room.events().onFinished();
    }
  }

  // taking it

  /** Writes what is queued now, unless someone is at it. */
  void flush() {
    boolean write;
    room.lock();
    try {
      write = turn.takeToFlush();
    } finally {
      room.unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /** A sender that waited for room makes some itself, if it can. */
  void flushAsSender() {
    boolean write;
    room.lock();
    try {
      write = turn.takeLeft();
    } finally {
      room.unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  private void flushOnLoop() {
    boolean write;
    room.lock();
    try {
      write = turn.takeOnLoop();
    } finally {
      room.unlock();
    }
    if (write) {
      writeQueued();
    }
  }

  /** The loop is about to run handlers: replies gather. */
  void beginGathering() {
    turn.beginGathering();
  }

  /** The input is used up: what gathered goes out. */
  void endGathering() {
    if (turn.endGathering()) {
      flush();
    }
  }

  /**
   * The socket, or the rate limit, takes bytes again. In a stream a waiting sender writes them, whose
   * processor has them in its cache; the guard sees to it that somebody does.
   */
  void onWritable() {
    boolean write = false;
    boolean ask = false;
    boolean senders;
    room.lock();
    try {
      if (turn.isDetached()) {
        return; // an old link's news
      }
      turn.unblock();
      senders = turn.isStreaming() && !room.isEnded() && room.takeWaiters();
      if (senders) {
        ask = turn.leftInStream();
      } else {
        write = turn.take();
      }
    } finally {
      room.unlock();
    }
    if (ask) {
      guard.watch(this);
    }
    if (senders) {
      room.waiters().signalAll();
    } else if (write) {
      writeQueued();
    }
  }

  /**
   * The guard's question: whether senders have filled a write since the last look. If not, the stream
   * is over and its tail goes out.
   */
  boolean isStillStreaming() {
    boolean still;
    boolean left;
    room.lock();
    try {
      left = turn.couldTakeLeft();
      still = turn.guardLooks(left);
    } finally {
      room.unlock();
    }
    if (left && !still) {
      link.execute(flushTask);
    }
    return still;
  }

  // the end

  /** Accepts nothing more; {@link OutboundEvents#onFinished} follows when all is with the kernel. */
  void finish() {
    boolean done;
    boolean write;
    room.lock();
    try {
      room.finish();
      done = room.isEmpty() && !turn.isTaken() && !room.isEnded();
      write = turn.takeLeft();
    } finally {
      room.unlock();
    }
    room.waiters().signalAll();
    if (write) {
      writeQueued();
    } else if (done) {
      room.events().onFinished();
    }
  }

  /** The link has ended: nothing is accepted or written any more, and waiters go. */
  void close() {
    boolean mine;
    room.lock();
    try {
      mine = !room.isEnded() && !turn.isTaken();
      room.end();
    } finally {
      room.unlock();
    }
    if (mine) {
      discard();
    }
    room.waiters().signalAll();
  }

  /** Also what a provider should not throw ends the link: the turn must not be kept for ever. */
  private void fail(Throwable cause) {
    boolean keeps;
    room.lock();
    try {
      keeps = room.retention() != null && !room.isEnded();
      if (keeps) {
        turn.detach();
      } else {
        room.end();
      }
      turn.drop();
    } finally {
      room.unlock();
    }
    if (!keeps) {
      discard();
      room.waiters().signalAll();
    }
    room.events()
        .onWriteFailed(
            cause instanceof IOException io
                ? io
                : new IOException("the write threw " + cause, cause));
  }

  /** Gives memory back and tells futures that the fate of their bytes is unknown. */
  private void discard() {
    Segment chain;
    Segment queued;
    Segment kept = null;
    room.lock();
    try {
      chain = writer.abandon();
      queued = writer.keepLanded();
      if (room.retention() != null) {
        kept = room.retention().replay().clear();
      }
      for (Segment s = queue.take(); s != null; s = queue.take()) {
        s.next = queued;
        queued = s;
      }
      room.clear();
    } finally {
      room.unlock();
    }
    writer.lose(chain);
    writer.lose(queued);
    writer.lose(kept);
  }
}
