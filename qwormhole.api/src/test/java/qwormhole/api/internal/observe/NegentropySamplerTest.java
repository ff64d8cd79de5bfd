package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NegentropySamplerTest {
  private static final long INTERVAL = 1_000_000_000;

  private final NegentropyBudget budget = new NegentropyBudget(0);
  private final NegentropySampler sampler = new NegentropySampler(INTERVAL, budget, 0);

  private static ByteBuffer message(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  @Test
  void aSampleIsDueOnceAnInterval() {
    assertThat(sampler.add(message(100, 1), INTERVAL - 1)).isFalse();
    assertThat(sampler.add(message(100, 1), INTERVAL)).isTrue();
    assertThat(sampler.add(message(100, 1), INTERVAL + 1)).isFalse();
    assertThat(sampler.add(message(100, 1), 2 * INTERVAL)).isTrue();
  }

  @Test
  void tooLittleIsNoSample() {
    assertThat(sampler.add(message(NegentropySampler.FEWEST_BYTES - 1, 1), INTERVAL)).isFalse();
    assertThat(sampler.add(message(1, 1), INTERVAL + 1)).isTrue();
  }

  @Test
  void onlyTheLatestBytesCountAndMessagesAreLeftAlone() {
    ByteBuffer slice = message(1000, 9).position(10);
    assertThat(sampler.add(slice, 1)).isFalse();
    assertThat(slice.position()).isEqualTo(10);
    assertThat(sampler.sampledBytes()).isEqualTo(NegentropySampler.MESSAGE_BYTES);
    for (int i = 0; i < 30; i++) {
      sampler.add(message(100, 7), i);
    }
    assertThat(sampler.sampledBytes()).isEqualTo(NegentropySampler.SAMPLE_BYTES);
    assertThat(sampler.sample().shannon()).as("nothing but sevens").isZero();
  }

  @Test
  void bytesAreKeptInTheirOrderAroundTheRing() {
    byte[] ramp = new byte[NegentropySampler.MESSAGE_BYTES];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) i;
    }
    for (int i = 0; i < 8; i++) {
      sampler.add(ByteBuffer.wrap(ramp), i);
    }
    double aligned = sampler.sample().spectral();
    sampler.add(ByteBuffer.wrap(ramp, 0, 100), 9); // the ramp goes on where the ring begins anew
    sampler.add(ByteBuffer.wrap(ramp, 100, 156), 10);
    assertThat(sampler.sample().spectral()).isEqualTo(aligned);
  }

  @Test
  void jitterIsThatOfTheTimesBetweenMessages() {
    for (int i = 0; i < 10; i++) {
      sampler.add(message(1, 1), i * 1000L);
    }
    assertThat(sampler.sample().jitter()).isZero();
    sampler.add(message(1, 1), 1_000_000);
    assertThat(sampler.sample().jitter()).isEqualTo(1);
  }

  @Test
  void manyConnectionsShareOneBudget() {
    int due = 0;
    for (int i = 0; i < 10_000; i++) {
      NegentropySampler other = new NegentropySampler(INTERVAL, budget, 0);
      due += other.add(message(100, 1), INTERVAL + i * 100_000L) ? 1 : 0; // within a second
    }
    assertThat(due).isEqualTo(100);
  }
}
