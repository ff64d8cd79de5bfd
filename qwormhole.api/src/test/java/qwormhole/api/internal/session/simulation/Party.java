package qwormhole.api.internal.session.simulation;

import java.nio.ByteBuffer;
import java.util.List;
import qwormhole.api.CloseReason;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;

/**
 * One end of a session, as its application sees it: what was accepted here, what was handled here, and
 * whether that may be so. A message carries its sender's number and its own.
 */
final class Party {
  private static final int HEAD_BYTES = 8;

  final int number;
  final String side;
  final Connection<ByteBuffer> connection;
  Party peer; // known from the first message on
  int accepted;
  int handled;
  boolean suspended;
  boolean pausesReads;
  CloseReason closed;
  SessionLoss<ByteBuffer> loss;
  private boolean lostForNothing; // the server still had the session

  Party(int number, String side, Connection<ByteBuffer> connection) {
    this.number = number;
    this.side = side;
    this.connection = connection;
  }

  // sending

  /** The next message, of about so many bytes. */
  ByteBuffer next(int bytes) {
    ByteBuffer message = ByteBuffer.allocate(HEAD_BYTES + bytes);
    message.putInt(number).putInt(accepted);
    while (message.hasRemaining()) {
      message.put(filler(accepted, message.position()));
    }
    return message.flip();
  }

  private static byte filler(int index, int at) {
    return (byte) (index * 31 + at);
  }

  /** Notes what became of {@link #next}. */
  SendResult sent(SendResult result) {
    if (result == SendResult.SENT) {
      check(closed == null, "a message was accepted after the end");
      accepted++;
    }
    return result;
  }

  void pauseOrResume() {
    pausesReads = !pausesReads;
    if (pausesReads) {
      connection.pauseReads();
    } else {
      connection.resumeReads();
    }
  }

  // what is told

  void message(List<Party> parties, ByteBuffer message) {
    int start = message.position();
    int length = message.remaining();
    Party sender = parties.get(message.getInt());
    int index = message.getInt();
    check(closed == null && loss == null, "a message after the end");
    check(!suspended, "a message without a link");
    check(peer == null || peer == sender, "a message of another session's");
    check(sender.peer == null || sender.peer == this, "a message for another session");
    check(!sender.side.equals(side), "an own message");
    peer = sender;
    sender.peer = this;
    check(index == handled, "message " + index + " came where " + handled + " was due");
    check(index < sender.accepted, "message " + index + " was never accepted");
    int step = length > 256 ? 61 : 1;
    for (int at = HEAD_BYTES; at < length; at += step) {
      check(message.get(start + at) == filler(index, at), "message " + index + " was changed");
    }
    handled++;
  }

  void suspended() {
    check(closed == null && !suspended, "suspended again");
    suspended = true;
  }

  void resumed() {
    check(closed == null && suspended, "resumed without having been suspended");
    suspended = false;
  }

  void lost(SessionLoss<ByteBuffer> told) {
    check(closed == null && loss == null, "lost again");
    loss = told;
    lostForNothing = peer != null && peer.connection.isOpen();
    int acknowledged = (int) connection.acknowledged();
    check(
        told.unknown().size() == accepted - acknowledged,
        told.unknown().size() + " messages are told as unknown");
    for (int i = 0; i < told.unknown().size(); i++) {
      ByteBuffer message = told.unknown().get(i).duplicate();
      check(
          message.getInt() == number && message.getInt() == acknowledged + i,
          "another message is told as unknown than number " + (acknowledged + i));
    }
  }

  void closed(CloseReason reason) {
    check(closed == null, "closed again");
    closed = reason;
  }

  // what always holds

  void checkNow() {
    long acknowledged = connection.acknowledged();
    int handledThere = peer == null ? 0 : peer.handled;
    check(acknowledged <= handledThere, "acknowledged before it was handled");
    check(handledThere <= accepted, "handled before it was accepted");
  }

  /** Whether nothing is under way any more from here. */
  boolean isQuiet() {
    return !suspended
        && connection.acknowledged() == accepted
        && (peer == null ? accepted == 0 : peer.handled == accepted)
        && connection.statistics().queuedBytes() == 0;
  }

  /** A session ends when somebody closes it or when it has been without a link for too long. */
  boolean hasEndedForAReason() {
    if (closed.isOrderly()) {
      return loss == null;
    }
    if (closed.initiator() == Initiator.PEER) {
      return loss != null && !lostForNothing;
    }
    return closed.code() == ErrorCode.E_SESSION_LOST
        && suspended
        && (closed.detail().contains("timeout") || closed.detail().contains("more sessions"))
        && (loss != null) == side.equals("client");
  }

  void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + this);
    }
  }

  @Override
  public String toString() {
    return side
        + " party "
        + number
        + " with "
        + (peer == null ? "nobody" : peer.number)
        + ": accepted "
        + accepted
        + ", acknowledged "
        + connection.acknowledged()
        + ", handled "
        + handled
        + (suspended ? ", suspended" : "")
        + (loss == null ? "" : ", lost " + loss.code() + " " + loss.detail())
        + (closed == null ? "" : ", closed " + closed);
  }
}
