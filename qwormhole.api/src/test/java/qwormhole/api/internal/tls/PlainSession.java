package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/** The session behind TLS: notes what reaches it, and that nothing does after the end. */
final class PlainSession implements LinkHandler {
  Link link; // null before it is opened
  int writable;
  boolean closed;
  Throwable cause;
  Runnable onBytes = () -> {};
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @Override
  public void onOpen(Link opened) {
    assertThat(link).isNull();
    link = opened;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    assertThat(closed).as("bytes after the end").isFalse();
    assertThat(link).as("bytes before the handshake").isNotNull();
    assertThat(bytes.hasRemaining()).isTrue();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.writeBytes(copy);
    onBytes.run();
  }

  @Override
  public void onWritable() {
    assertThat(closed).isFalse();
    writable++;
  }

  @Override
  public void onClosed(Throwable why) {
    assertThat(closed).as("closed twice").isFalse();
    closed = true;
    cause = why;
  }

  /** What has come since this was last asked. */
  byte[] takeReceived() {
    byte[] bytes = received.toByteArray();
    received.reset();
    return bytes;
  }
}
