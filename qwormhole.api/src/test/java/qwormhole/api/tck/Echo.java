package qwormhole.api.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;

/** Sends back what it gets, and stops reading while its peer does not read. */
final class Echo extends Recorder {

  private final ByteBuffer[] one = new ByteBuffer[1];
  private Link link;

  @Override
  void open(Link opened) {
    link = opened;
  }

  @Override
  void bytes(ByteBuffer bytes) {
    write(bytes);
    if (bytes.hasRemaining()) {
      one[0] = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      link.pauseReads();
      link.wantWritable();
    }
  }

  @Override
  void writable() {
    ByteBuffer rest = one[0];
    write(rest);
    if (rest.hasRemaining()) {
      link.wantWritable();
    } else {
      link.resumeReads();
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      one[0] = bytes;
      link.write(one, 0, 1);
    } catch (IOException e) {
      bytes.position(bytes.limit()); // the end of the link is reported to onClosed
    }
  }
}
