package qwormhole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 64, 65_536})
  void everyMessageOfARoundIsRight(int size) {
    Payload payload = new Payload(size);
    Verifier verifier = new Verifier(size);
    verifier.expect(300);
    for (int i = 0; i < 299; i++) {
      assertThat(verifier.accept(payload.next(), 0, size)).isFalse();
    }
    assertThat(verifier.accept(payload.next(), 0, size)).isTrue();
    assertThat(verifier.counts()).isEqualTo(new Counts(300, 300, 300L * size));
  }

  @Test
  void roundsGoOnWhereTheLastOneEnded() {
    Payload payload = new Payload(64);
    Verifier verifier = new Verifier(64);
    verifier.expect(1);
    assertThat(verifier.accept(payload.next(), 0, 64)).isTrue();
    verifier.expect(2);
    assertThat(verifier.accept(payload.next(), 0, 64)).isFalse();
    assertThat(verifier.accept(payload.next(), 0, 64)).isTrue();
    assertThat(verifier.counts()).isEqualTo(new Counts(3, 3, 192));
  }

  @Test
  void aMissingMessageShowsInAllThatFollow() {
    Payload payload = new Payload(64);
    Verifier verifier = new Verifier(64);
    verifier.accept(payload.next(), 0, 64);
    payload.next();
    verifier.accept(payload.next(), 0, 64);
    verifier.accept(payload.next(), 0, 64);
    assertThat(verifier.counts()).isEqualTo(new Counts(3, 1, 192));
  }

  @Test
  void aDoubledMessageShows() {
    Verifier verifier = new Verifier(64);
    ByteBuffer first = new Payload(64).next();
    verifier.accept(first, 0, 64);
    verifier.accept(first, 0, 64);
    assertThat(verifier.counts().decoded()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 63})
  void aDamagedFirstNumberOrLastByteShows(int index) {
    Verifier verifier = new Verifier(64);
    ByteBuffer message = new Payload(64).next();
    message.put(index, (byte) (message.get(index) + 1));
    verifier.accept(message, 0, 64);
    assertThat(verifier.counts()).isEqualTo(new Counts(1, 0, 64));
  }

  @Test
  void anotherSizeShows() {
    Verifier verifier = new Verifier(64);
    verifier.accept(new Payload(64).next(), 0, 63);
    assertThat(verifier.counts()).isEqualTo(new Counts(1, 0, 63));
  }

  @Test
  void memoryThatWasNeverWrittenIsNotAMessage() {
    Verifier verifier = new Verifier(64);
    verifier.accept(ByteBuffer.allocate(64), 0, 64);
    assertThat(verifier.counts().decoded()).isZero();
  }
}
