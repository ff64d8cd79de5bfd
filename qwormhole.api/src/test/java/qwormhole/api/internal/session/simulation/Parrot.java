package qwormhole.api.internal.session.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/** A client that says what it has heard another one say, and leaves some time later. */
final class Parrot implements LinkHandler {
  private final World world;
  private final ByteBuffer says;
  private Link link;

  Parrot(World world, ByteBuffer says) {
    this.world = world;
    this.says = says;
  }

  @Override
  public void onOpen(Link opened) {
    link = opened;
    onWritable();
    world.after(world.random.nextInt(100_000_000), link::abort);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {}

  @Override
  public void onWritable() {
    try {
      link.write(new ByteBuffer[] {says}, 0, 1);
    } catch (IOException e) {
      return; // so it has ended
    }
    if (says.hasRemaining()) {
      link.wantWritable();
    }
  }

  @Override
  public void onClosed(Throwable cause) {}
}
