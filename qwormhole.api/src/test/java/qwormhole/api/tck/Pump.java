package qwormhole.api.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import qwormhole.api.spi.Link;

/** Writes given bytes as fast as the socket takes them, on the loop. */
final class Pump extends Recorder {

  final CompletableFuture<Void> written = new CompletableFuture<>();
  private final ByteBuffer[] rest;
  private Link link;

  Pump(byte[] bytes) {
    rest = new ByteBuffer[] {ByteBuffer.wrap(bytes)};
  }

  @Override
  void open(Link opened) {
    link = opened;
    writable();
  }

  @Override
  void writable() {
    try {
      link.write(rest, 0, 1);
    } catch (IOException e) {
      written.completeExceptionally(e);
      return;
    }
    if (rest[0].hasRemaining()) {
      link.wantWritable();
    } else {
      written.complete(null);
    }
  }
}
