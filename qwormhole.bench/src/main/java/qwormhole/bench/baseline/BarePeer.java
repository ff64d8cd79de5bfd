package qwormhole.bench.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Verifier;
import qwormhole.bench.load.Workload;

/** A connection as the bare server sees it: checks, and confirms or echoes. */
final class BarePeer {
  private final FrameReader reader;
  private final FrameWriter writer;
  private final Verifier verifier;
  private final FrameHandler handler;
  private final ByteBuffer reply;

  BarePeer(SocketChannel channel, Workload workload, int size, int writeBytes) throws IOException {
    reader = new FrameReader(channel, size);
    writer = new FrameWriter(channel, writeBytes);
    verifier = new Verifier(size);
    reply = ByteBuffer.allocateDirect(Math.max(size, Counts.SIZE));
    handler = workload == Workload.STREAM ? this::confirm : this::echo;
  }

  /** Reads once; see {@link FrameReader#read}. */
  int read() throws IOException {
    return reader.read(handler);
  }

  private void confirm(ByteBuffer buffer, int offset, int length) throws IOException {
    if (verifier.accept(buffer, offset, length)) {
      verifier.counts().write(reply.clear());
      writer.append(reply.flip());
      writer.flush();
    }
  }

  private void echo(ByteBuffer buffer, int offset, int length) throws IOException {
    verifier.accept(buffer, offset, length);
    reply.clear().put(0, buffer, offset, length);
    writer.append(reply.limit(length));
    writer.flush();
  }

  Verifier verifier() {
    return verifier;
  }
}
