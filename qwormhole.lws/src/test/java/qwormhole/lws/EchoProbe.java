package qwormhole.lws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;

/** Sends back the little that it gets. */
final class EchoProbe extends Probe {

  private final ByteBuffer[] one = new ByteBuffer[1];
  private Link link;

  @Override
  public void onOpen(Link opened) {
    link = opened;
    super.onOpen(opened);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    try {
      one[0] = bytes;
      link.write(one, 0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
