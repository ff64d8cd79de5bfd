package qwormhole.api.spi;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * What the core gives a provider when it opens a transport.
 *
 * @param loops how many loop threads to run, at least 1
 * @param readBufferBytes the size of each loop's read buffer
 * @param threads makes the loop threads; every thread that a transport starts comes from here
 * @param onFailure told once when the transport dies by itself (a loop that throws, a failing
 *     service call), with the cause; may be called from any thread; never for one connection's error
 */
public record TransportContext(
    int loops, int readBufferBytes, ThreadFactory threads, Consumer<Throwable> onFailure) {

  public TransportContext {
    if (loops < 1) {
      throw new IllegalArgumentException("loops must be at least 1, was " + loops);
    }
    if (readBufferBytes < 4096) {
      throw new IllegalArgumentException(
          "readBufferBytes must be at least 4096, was " + readBufferBytes);
    }
    Objects.requireNonNull(threads, "threads");
    Objects.requireNonNull(onFailure, "onFailure");
  }
}
