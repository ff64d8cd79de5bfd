package qwormhole.api.internal.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One frame, out of a chunk and into a segment; a chunk of 64 as a read brings them under load. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
  private static final int FRAMES = 64;

  private final SegmentPool pool = new SegmentPool(64 << 20);
  private final FrameDecoder decoder = new FrameDecoder(pool, 1 << 20);
  private final OutboundQueue queue = new OutboundQueue(pool);
  private final Sum sum = new Sum();

  @Param({"64", "1024"})
  private int size;

  private ByteBuffer payload;
  private ByteBuffer chunk;
  private int cut;

  /** What a handler would at least look at. */
  private static final class Sum implements FrameSink {
    private long bytes;

    @Override
    public boolean onFrame(ByteBuffer frame) {
      bytes += frame.remaining() + frame.get(frame.position());
      return true;
    }

    @Override
    public boolean onControl(int kind, ByteBuffer frame) {
      throw new IllegalStateException("there are none");
    }
  }

  /** Makes the frames. */
  @Setup
  public void setUp() {
    payload = ByteBuffer.allocateDirect(size);
    chunk = ByteBuffer.allocateDirect(FRAMES * (Frames.HEADER_BYTES + size));
    for (int i = 0; i < FRAMES; i++) {
      chunk.putInt(size).position(chunk.position() + size);
    }
    cut = chunk.capacity() / 2 + Frames.HEADER_BYTES + size / 2;
  }

  /** Whole frames, where they lie. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decode() throws FrameException {
    decoder.decode(chunk.clear(), sum);
    return sum.bytes;
  }

  /** The same in two chunks, with one frame of the 64 cut: it is the one that is copied. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decodeCut() throws FrameException {
    decoder.decode(chunk.clear().limit(cut), sum);
    decoder.decode(chunk.limit(chunk.capacity()), sum);
    return sum.bytes;
  }

  /** Header and payload into pooled segments, and the segments back. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int encode() {
    for (int i = 0; i < FRAMES; i++) {
      if (!queue.add(payload, true, 0, true, false)) {
        throw new IllegalStateException("the pool is used up");
      }
    }
    int bytes = 0;
    for (Segment segment = queue.take(); segment != null; segment = queue.take()) {
      bytes += segment.memory.remaining();
      pool.release(segment);
    }
    return bytes;
  }
}
