package qwormhole.bench.micro;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import qwormhole.api.codec.Codec;

/** What text costs over bytes: encoding and decoding of one message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextCodecBenchmark {
  private final Codec<String> codec = Codec.text();

  @Param({"64", "1024"})
  private int size;

  private String text;
  private ByteBuffer payload;

  /** Makes the message. */
  @Setup
  public void setUp() {
    text = "w".repeat(size);
    payload = codec.encode(text);
  }

  /** Text to payload. */
  @Benchmark
  public ByteBuffer encode() {
    return codec.encode(text);
  }

  /** Payload to text. */
  @Benchmark
  public String decode() {
    return codec.decode(payload.rewind());
  }
}
