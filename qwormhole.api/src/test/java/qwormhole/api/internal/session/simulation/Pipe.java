package qwormhole.api.internal.session.simulation;

import java.nio.ByteBuffer;

/** Bytes on their way in one direction, and what comes after the last of them. */
final class Pipe {
  private final int capacity;
  private byte[] bytes; // null before the first of them
  private int start;
  private int size;
  private int lost; // written since the pipe is dead: it fills up, and nothing arrives
  private boolean dead;

  /** No more bytes follow. */
  boolean finished;

  /** What the reader is told instead of an end, after the last byte. */
  Throwable broken;

  Pipe(int capacity) {
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  int capacity() {
    return capacity;
  }

  int room() {
    return capacity - size - lost;
  }

  boolean isDead() {
    return dead;
  }

  void put(ByteBuffer from, int count) {
    if (dead) {
      from.position(from.position() + count);
      lost += count;
      return;
    }
    bytes = bytes == null ? new byte[capacity] : bytes;
    for (int i = 0; i < count; ) {
      int at = (start + size) % bytes.length;
      int piece = Math.min(count - i, bytes.length - at);
      from.get(bytes, at, piece);
      size += piece;
      i += piece;
    }
  }

  void take(ByteBuffer to, int count) {
    for (int i = 0; i < count; ) {
      int piece = Math.min(count - i, bytes.length - start);
      to.put(bytes, start, piece);
      start = (start + piece) % bytes.length;
      size -= piece;
      i += piece;
    }
  }

  void clear() {
    size = 0;
  }

  /** The cable is cut: so much arrives of what is on its way, and nothing of what is written now. */
  void cut(int arrives) {
    lost += size - Math.min(size, arrives);
    size = Math.min(size, arrives);
    dead = true;
  }
}
