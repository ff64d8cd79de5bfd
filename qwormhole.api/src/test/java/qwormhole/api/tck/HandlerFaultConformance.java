package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.Listener;

/** A handler that throws loses its own link; its neighbours on the loop notice nothing. */
interface HandlerFaultConformance extends Conformance {

  @Test
  default void aThrowInOnOpenEndsTheLink() throws IOException {
    throwing(
        new Recorder() {
          @Override
          void open(Link link) {
            throw new IllegalStateException("on purpose");
          }
        });
  }

  @Test
  default void aThrowInOnBytesEndsTheLink() throws IOException {
    throwing(
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            throw new IllegalStateException("on purpose");
          }
        });
  }

  @Test
  default void anErrorInOnBytesEndsTheLink() throws IOException {
    throwing(
        new Recorder() {
          @Override
          void bytes(ByteBuffer bytes) {
            throw new StackOverflowError("on purpose");
          }
        });
  }

  @Test
  default void aThrowInOnWritableEndsTheLink() throws IOException {
    throwing(
        new Recorder() {
          @Override
          void open(Link link) {
            link.wantWritable();
          }

          @Override
          void writable() {
            throw new IllegalStateException("on purpose");
          }
        });
  }

  @Test
  default void aThrowInOnClosedHurtsNobody() throws IOException {
    RawPeer neighbour = bed().serve(new Echo());
    Recorder recorder =
        new Recorder() {
          @Override
          void closed(Throwable cause) {
            throw new IllegalStateException("on purpose");
          }
        };
    bed().serve(recorder).close();
    recorder.end();
    assertServed(neighbour);
  }

  @Test
  default void aThrowInATaskHurtsNobody() throws IOException {
    RawPeer neighbour = bed().serve(new Echo());
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    recorder
        .link()
        .execute(
            () -> {
              throw new IllegalStateException("on purpose");
            });
    recorder.settle();
    assertServed(neighbour);
  }

  private void throwing(Recorder recorder) throws IOException {
    RawPeer neighbour = bed().serve(new Echo());
    try (Listener listener = bed().listen(() -> recorder)) {
      bed().dialUntilEnded(listener.address(), (byte) 1);
    }
    assertThat(recorder.end()).as("what the handler threw").isPresent();
    assertServed(neighbour);
  }

  private static void assertServed(RawPeer neighbour) throws IOException {
    neighbour.send((byte) 42);
    assertThat(neighbour.receive(1)).containsExactly(42);
  }
}
