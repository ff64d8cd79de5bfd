package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import qwormhole.api.spi.Link;

/** Says and does what another link does. */
class ForwardingLink implements Link {
  private final Link link;

  ForwardingLink(Link link) {
    this.link = link;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    return link.write(buffers, offset, count);
  }

  @Override
  public void wantWritable() {
    link.wantWritable();
  }

  @Override
  public void execute(Runnable task) {
    link.execute(task);
  }

  @Override
  public boolean inLoop() {
    return link.inLoop();
  }

  @Override
  public void pauseReads() {
    link.pauseReads();
  }

  @Override
  public void resumeReads() {
    link.resumeReads();
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public void abort() {
    link.abort();
  }

  @Override
  public void sever() {
    link.sever();
  }

  @Override
  public InetSocketAddress localAddress() {
    return link.localAddress();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return link.remoteAddress();
  }
}
