package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qwormhole.api.internal.tls.TlsBed.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the session writes, when the socket takes it piece by piece or not at all. */
class TlsWriteTest {
  private static final int MAX_CIPHER_BYTES = 128 << 10;

  @Test
  void whereverTheSocketStopsInARecordThePeerGetsItWhole() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[] message = message(1, 200);
    assertThat(bed.write(message)).isEqualTo(message.length);
    int recordBytes = bed.link.takeWritten().length;
    bed = TlsBed.established();
    for (int room = 0; room < recordBytes; room++) {
      byte[] each = message(room, 200);
      bed.link.room = room;
      assertThat(bed.write(each)).isEqualTo(each.length);
      assertThat(bed.write(each)).as("while a record is cut").isEqualTo(0);
      assertThat(bed.link.count("wantWritable")).isEqualTo(room + 1);
      assertThat(bed.atPeer()).isEmpty();
      bed.link.room = Integer.MAX_VALUE;
      bed.handler.onWritable();
      assertThat(bed.atPeer()).isEqualTo(each);
    }
  }

  @Test
  void aLargeWriteArrivesWholeHoweverMuchTheSocketTakesAtATime() throws IOException {
    TlsBed bed = TlsBed.established();
    Random random = new Random(7);
    byte[] message = message(2, 1 << 20);
    ByteBuffer left = ByteBuffer.wrap(message);
    ByteBuffer arrived = ByteBuffer.allocate(message.length);
    while (left.hasRemaining() || arrived.hasRemaining()) {
      bed.link.room = random.nextInt(40_000);
      int before = left.position();
      long taken = bed.session.link.write(new ByteBuffer[] {left}, 0, 1);
      assertThat(left.position() - before).isEqualTo(taken);
      bed.handler.onWritable();
      arrived.put(bed.atPeer());
      assertThat(bed.pool.outBytes()).isLessThanOrEqualTo(MAX_CIPHER_BYTES);
    }
    assertThat(Arrays.equals(arrived.array(), message)).isTrue();
    assertThat(bed.pool.outBytes()).isZero();
  }

  @Test
  void buffersOfAVectorAreTakenInOrderAndOnlyThoseAskedFor() throws IOException {
    TlsBed bed = TlsBed.established();
    ByteBuffer[] vector = {
      ByteBuffer.wrap(new byte[] {1}),
      ByteBuffer.wrap(new byte[] {2, 3}),
      ByteBuffer.allocate(0),
      ByteBuffer.wrap(new byte[] {4}),
      ByteBuffer.wrap(new byte[] {5})
    };
    assertThat(bed.session.link.write(vector, 1, 3)).isEqualTo(3);
    assertThat(bed.atPeer()).containsExactly(2, 3, 4);
    assertThat(vector[0].remaining()).isEqualTo(1);
    assertThat(vector[4].remaining()).isEqualTo(1);
  }

  @Test
  void aRefusedWriteIsToldOnceWhenTheSocketTakesBytesAgain() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    byte[] message = message(3, 100);
    assertThat(bed.write(message)).isEqualTo(100);
    assertThat(bed.write(message)).isZero();
    bed.session.link.wantWritable();
    bed.session.link.wantWritable();
    assertThat(bed.link.count("wantWritable")).as("asked once").isEqualTo(1);

    bed.handler.onWritable(); // which was too early
    assertThat(bed.session.writable).isZero();
    assertThat(bed.link.count("wantWritable")).isEqualTo(2);
    bed.link.room = Integer.MAX_VALUE;
    bed.handler.onWritable();
    assertThat(bed.session.writable).isEqualTo(1);
    assertThat(bed.atPeer()).isEqualTo(message);
    bed.handler.onWritable();
    assertThat(bed.session.writable).as("nobody asked again").isEqualTo(1);
  }

  @Test
  void nothingMoreThanABufferIsEncryptedForASocketThatIsFull() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    long taken = bed.write(message(4, 5 << 20));
    assertThat(taken).isBetween(64L << 10, (long) MAX_CIPHER_BYTES);
    assertThat(bed.write(message(4, 5 << 20))).isZero();
    assertThat(bed.pool.outBytes()).isEqualTo(MAX_CIPHER_BYTES);
    bed.handler.onClosed(new IOException("reset"));
    bed.assertClean();
  }

  @Test
  void withoutMemoryNothingIsTakenAndSomebodyLooksAgain() throws IOException {
    TlsBed bed = TlsBed.establishedWithin(256 << 10);
    var taken = bed.pool.acquire(256 << 10);
    assertThat(taken).isNotNull();
    assertThat(bed.write(message(5, 100))).isZero();
    bed.session.link.wantWritable();
    assertThat(bed.link.count("wantWritable")).as("the socket is not what is full").isZero();
    bed.pool.release(taken);
    bed.host.runTimers();
    bed.link.runTasks();
    assertThat(bed.session.writable).isEqualTo(1);
    assertThat(bed.write(message(5, 100))).isEqualTo(100);
    assertThat(bed.atPeer()).isEqualTo(message(5, 100));
  }

  @Test
  void aLinkThatFailsOnAWriteTellsTheWriter() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.failure = new IOException("reset");
    assertThatThrownBy(() -> bed.write(message(6, 100))).isSameAs(bed.link.failure);
  }
}
