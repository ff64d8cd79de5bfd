package qwormhole.bench.fallback;

import java.nio.ByteBuffer;

/** What a message carries: who sent it, and the how-manieth of that sender it is. */
final class Numbers {
  /** The smallest message. */
  static final int SIZE = Integer.BYTES + Integer.BYTES;

  private Numbers() {}

  static void write(ByteBuffer message, int client, int number) {
    message.putInt(0, client).putInt(Integer.BYTES, number);
  }

  static int client(ByteBuffer message) {
    return message.getInt(message.position());
  }

  static int number(ByteBuffer message) {
    return message.getInt(message.position() + Integer.BYTES);
  }
}
