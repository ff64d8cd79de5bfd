package qwormhole.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/** A connection as the bare server sees it: checks, and confirms or echoes. */
final class BarePeer {
  private final FrameReader reader;
  private final FrameWriter writer;
  private final Verifier verifier;
  private final FrameHandler handler;
  private final ByteBuffer reply;

  BarePeer(SocketChannel channel, SideSpec spec, Histogram oneWay) throws IOException {
    reader = new FrameReader(channel, spec.size());
    writer = new FrameWriter(channel, spec.bareWriteBytes());
    verifier = new Verifier(spec, oneWay);
    reply = ByteBuffer.allocateDirect(Math.max(spec.size(), Counts.SIZE));
    handler = spec.workload().isEcho() ? this::echo : this::confirm;
  }

  /** Reads once, and writes what that calls for; see {@link FrameReader#read}. */
  int read() throws IOException {
    int count = reader.read(handler);
    writer.flush();
    return count;
  }

  private void confirm(ByteBuffer buffer, int offset, int length) throws IOException {
    if (verifier.accept(buffer, offset, length)) {
      verifier.counts().write(reply.clear());
      writer.append(reply.flip());
    }
  }

  private void echo(ByteBuffer buffer, int offset, int length) throws IOException {
    verifier.accept(buffer, offset, length);
    reply.clear().put(0, buffer, offset, length);
    writer.append(reply.limit(length));
  }

  Verifier verifier() {
    return verifier;
  }
}
