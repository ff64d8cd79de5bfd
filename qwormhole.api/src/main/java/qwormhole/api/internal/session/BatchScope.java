package qwormhole.api.internal.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import qwormhole.api.Batch;
import qwormhole.api.SendResult;
import qwormhole.api.internal.frame.Frames;
import qwormhole.api.internal.frame.OutboundQueue;
import qwormhole.api.internal.frame.Segment;

/**
 * Encodes into a segment of its own, without a lock, and hands it over whole. What does not fit into
 * a segment, or carries a checksum, goes the ordinary way, behind what has gathered. Used by one thread.
 */
final class BatchScope<M> implements Batch<M> {
  private final ConnectionHandle<M> connection;
  private final Outbound outbound;
  private final boolean framed;
  private final int maxPayload;
  private final boolean checked;
  private Segment segment;
  private int frames;
  private boolean closed;

  BatchScope(ConnectionHandle<M> connection, Outbound outbound) {
    this.connection = connection;
    this.outbound = outbound;
    this.framed = outbound.limits().framed();
    this.maxPayload = outbound.limits().maxFrameBytes();
    this.checked = outbound.addsChecksums();
  }

  @Override
  public SendResult trySend(M message) {
    return add(connection.encode(message), 0);
  }

  @Override
  public SendResult send(M message, Duration timeout) {
    return add(connection.encode(message), TimeUnit.NANOSECONDS.convert(timeout));
  }

  private SendResult add(ByteBuffer payload, long timeoutNanos) {
    int length = payload.remaining();
    if (length > maxPayload) {
      return SendResult.TOO_LARGE;
    }
    if (closed || outbound.isClosed()) {
      return SendResult.CLOSED;
    }
    int size = length + (framed ? Frames.HEADER_BYTES : 0);
    if (size == 0) {
      return SendResult.SENT; // no bytes, nothing to send
    }
    if (segment == null || segment.memory.remaining() < size) {
      if (checked || size > OutboundQueue.SEGMENT_BYTES / 2) {
        flush();
        return timeoutNanos > 0
            ? outbound.offer(payload, 0, timeoutNanos)
            : outbound.offer(payload, 0, null);
      }
      SendResult result = next(timeoutNanos);
      if (result != SendResult.SENT) {
        return result;
      }
    }
    ByteBuffer to = segment.memory;
    int at = to.position();
    if (framed) {
      to.putInt(at, length);
      at += Frames.HEADER_BYTES;
    }
    to.put(at, payload, payload.position(), length);
    to.position(at + length);
    frames++;
    return SendResult.SENT;
  }

  private SendResult next(long timeoutNanos) {
    flush();
    SegmentLoans loans = outbound.loans();
    boolean waits = timeoutNanos > 0 && !connection.session.link().inLoop();
    segment = waits ? loans.reserveWithin(timeoutNanos) : loans.reserve(false);
    if (segment != null) {
      return SendResult.SENT;
    }
    return outbound.isClosed() ? SendResult.CLOSED : SendResult.BACK_PRESSURED;
  }

  @Override
  public void flush() {
    if (segment != null) {
      Segment full = segment;
      segment = null;
      outbound.loans().submit(full, frames);
      frames = 0;
    }
  }

  @Override
  public void close() {
    flush();
    closed = true;
  }
}
