package qwormhole.api.internal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** The other end: the JDK's own engine, from bytes to bytes. */
final class EnginePeer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  final SSLEngine engine;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final ByteBuffer to = ByteBuffer.allocate(64 << 10);
  private byte[] rest = {};

  EnginePeer(SSLEngine engine) {
    this.engine = engine;
  }

  /** What it wants to say without being given anything. */
  byte[] speak() throws SSLException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SSLEngineResult result;
    do {
      runTasks();
      to.clear();
      result = engine.wrap(NOTHING, to);
      said.write(to.array(), 0, to.position());
    } while (result.bytesProduced() > 0
        && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    return said.toByteArray();
  }

  /** One record, or as many as the message needs. */
  byte[] encrypt(byte[] message) throws SSLException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteBuffer from = ByteBuffer.wrap(message);
    while (from.hasRemaining()) {
      to.clear();
      engine.wrap(from, to);
      said.write(to.array(), 0, to.position());
    }
    return said.toByteArray();
  }

  /** Hears; answers what its handshake has to say. */
  byte[] hear(byte[] bytes) throws SSLException {
    ByteBuffer from = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (from.hasRemaining() && !engine.isInboundDone()) {
      to.clear();
      SSLEngineResult result = engine.unwrap(from, to);
      plain.write(to.array(), 0, to.position());
      runTasks();
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        answer.writeBytes(speak());
      } else if (result.bytesConsumed() == 0 && result.getStatus() != SSLEngineResult.Status.OK) {
        break;
      }
    }
    rest = new byte[from.remaining()];
    from.get(rest);
    return answer.toByteArray();
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** What it has been told since this was last asked. */
  byte[] takePlain() {
    byte[] bytes = plain.toByteArray();
    plain.reset();
    return bytes;
  }
}
