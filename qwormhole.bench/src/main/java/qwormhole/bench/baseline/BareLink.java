package qwormhole.bench.baseline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Histograms;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.Round;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Verifier;

/** A connection as the bare client sees it: one thread sends and reads the answers. */
final class BareLink implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector readable = Selector.open();
  private final FrameReader reader;
  private final FrameWriter writer;
  private final Payload payload;
  private final Verifier verifier;
  private final int depth;
  private final Histogram histogram = Round.histogram();
  private final Consumer<SelectionKey> ready = this::onReadable;
  private Counts confirmed = Counts.NONE;
  private boolean answered;
  private final long[] sentAt;
  private long returned;

  BareLink(SideSpec spec) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(spec.host(), spec.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(readable, SelectionKey.OP_READ);
    reader = new FrameReader(channel, Math.max(spec.size(), Counts.SIZE));
    writer = new FrameWriter(channel, spec.bareWriteBytes());
    payload = new Payload(spec);
    verifier = new Verifier(spec, null);
    depth = spec.depth();
    sentAt = new long[depth];
  }

  /** Sends one way; ends with the server's confirmation. */
  Share stream(long messages) throws IOException {
    Counts before = confirmed;
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      writer.append(payload.next());
    }
    writer.flush();
    awaitAnswer(this::onConfirmation);
    return new Share(began, System.nanoTime(), messages, confirmed.minus(before), null, null);
  }

  /** Sends one, reads one. */
  Share pingpong(long messages) throws IOException {
    histogram.reset();
    FrameHandler handler = this::onEcho;
    Counts before = verifier.counts();
    verifier.expect(messages);
    long began = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      long sent = System.nanoTime();
      writer.append(payload.next());
      writer.flush();
      awaitAnswer(handler);
      Histograms.record(histogram, System.nanoTime() - sent);
    }
    Counts echoed = verifier.counts().minus(before);
    return new Share(began, System.nanoTime(), messages, echoed, histogram, null);
  }

  /** Keeps a number of echoes outstanding; those that become due together leave together. */
  Share pipeline(long messages) throws IOException {
    histogram.reset();
    FrameHandler handler = this::onPipelinedEcho;
    Counts before = verifier.counts();
    verifier.expect(messages);
    long sent = 0;
    returned = 0;
    long began = System.nanoTime();
    while (returned < messages) {
      for (; sent < messages && sent - returned < depth; sent++) {
        sentAt[(int) (sent % depth)] = System.nanoTime();
        writer.append(payload.next());
      }
      writer.flush();
      awaitAnswer(handler);
    }
    Counts echoed = verifier.counts().minus(before);
    return new Share(began, System.nanoTime(), messages, echoed, histogram, null);
  }

  private void onPipelinedEcho(ByteBuffer buffer, int offset, int length) {
    Histograms.record(histogram, System.nanoTime() - sentAt[(int) (returned++ % depth)]);
    onEcho(buffer, offset, length);
  }

  private void awaitAnswer(FrameHandler handler) throws IOException {
    answered = false;
    while (!answered) {
      // The form with an action allocates nothing.
      if (readable.select(ready, Limits.STALL.toMillis()) == 0) {
        throw new IOException("no answer for " + Limits.STALL.toSeconds() + " s");
      }
      if (reader.read(handler) < 0) {
        throw new IOException("the server closed the connection");
      }
    }
  }

  private void onReadable(SelectionKey key) {
    // There is only this one, and it is read next.
  }

  private void onConfirmation(ByteBuffer buffer, int offset, int length) {
    confirmed = Counts.read(buffer.slice(offset, length));
    answered = true;
  }

  private void onEcho(ByteBuffer buffer, int offset, int length) {
    verifier.accept(buffer, offset, length);
    answered = true;
  }

  Effort effort() {
    return new Effort(writer.writes(), writer.bytesWritten(), 0, 0);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    readable.close();
    channel.close();
  }
}
