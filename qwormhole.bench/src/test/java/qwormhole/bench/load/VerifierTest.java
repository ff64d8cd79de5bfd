package qwormhole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 64, 65_536})
  void everyMessageOfARoundIsRight(int size) {
    Payload payload = new Payload(spec(size));
    Verifier verifier = new Verifier(spec(size), Round.histogram());
    verifier.expect(300);
    for (int i = 0; i < 299; i++) {
      assertThat(verifier.accept(payload.next(), 0, size)).isFalse();
    }
    assertThat(verifier.accept(payload.next(), 0, size)).isTrue();
    assertThat(verifier.counts()).isEqualTo(Counts.right(300, size));
  }

  @Test
  void roundsGoOnWhereTheLastOneEnded() {
    Payload payload = new Payload(spec(64));
    Verifier verifier = verifier(64);
    verifier.expect(1);
    assertThat(verifier.accept(payload.next(), 0, 64)).isTrue();
    verifier.expect(2);
    assertThat(verifier.accept(payload.next(), 0, 64)).isFalse();
    assertThat(verifier.accept(payload.next(), 0, 64)).isTrue();
    assertThat(verifier.counts()).isEqualTo(Counts.right(3, 64));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 64})
  void messagesThatWerePassedOverAreLost(int size) {
    Payload payload = new Payload(spec(size));
    Verifier verifier = verifier(size);
    verifier.accept(payload.next(), 0, size);
    payload.next();
    payload.next();
    verifier.accept(payload.next(), 0, size);
    verifier.accept(payload.next(), 0, size);
    assertThat(verifier.counts()).isEqualTo(new Counts(3, 3, 3L * size, 2, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 64})
  void aMessageThatComesAgainIsDoubled(int size) {
    Payload payload = new Payload(spec(size));
    Verifier verifier = verifier(size);
    ByteBuffer first = payload.next();
    verifier.accept(first, 0, size);
    verifier.accept(first, 0, size);
    verifier.accept(payload.next(), 0, size);
    assertThat(verifier.counts()).isEqualTo(new Counts(3, 2, 3L * size, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 63})
  void aDamagedFirstNumberOrLastByteShowsAndIsNoGap(int index) {
    Payload payload = new Payload(spec(64));
    Verifier verifier = verifier(64);
    ByteBuffer message = payload.next();
    message.put(index, (byte) (message.get(index) + 1));
    verifier.accept(message, 0, 64);
    verifier.accept(payload.next(), 0, 64);
    assertThat(verifier.counts()).isEqualTo(new Counts(2, 1, 128, 0, 0));
  }

  @Test
  void anotherSizeShows() {
    Verifier verifier = verifier(64);
    verifier.accept(new Payload(spec(64)).next(), 0, 63);
    assertThat(verifier.counts()).isEqualTo(new Counts(1, 0, 63, 0, 0));
  }

  @Test
  void memoryThatWasNeverWrittenIsNotAMessage() {
    Verifier verifier = verifier(64);
    verifier.accept(ByteBuffer.allocate(64), 0, 64);
    assertThat(verifier.counts()).isEqualTo(new Counts(1, 0, 64, 0, 0));
  }

  @Test
  void theTimeUnderWayIsTakenOfSampledMessagesOnly() {
    Payload payload = new Payload(spec(64));
    Histogram oneWay = Round.histogram();
    Verifier verifier = new Verifier(spec(64), oneWay);
    for (int i = 0; i < 65; i++) {
      verifier.accept(payload.next(), 0, 64);
    }
    assertThat(oneWay.getTotalCount()).isEqualTo(2);
  }

  private static Verifier verifier(int size) {
    return new Verifier(spec(size), null);
  }

  private static SideSpec spec(int size) {
    return Specs.of(Workload.STREAM, size);
  }
}
