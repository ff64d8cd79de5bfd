package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qwormhole.api.telemetry.NegentropyVector;

class NegentropyTest {
  private static final int SIZE = 2048;
  private static final long[] NO_GAPS = {};

  @Test
  void constantBytesHaveNoEntropyNoContentAndNoSpectrum() {
    byte[] constant = new byte[SIZE];
    Arrays.fill(constant, (byte) 0xa5);
    NegentropyVector vector = Negentropy.of(constant, NO_GAPS);
    assertThat(vector.shannon()).isZero();
    assertThat(vector.kolmogorov()).isBetween(0.001, 0.02);
    assertThat(vector.spectral()).isZero();
  }

  @Test
  void uniformNoiseIsNearOneInAll() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    byte[] noise = new byte[SIZE];
    new Random(seed).nextBytes(noise);
    NegentropyVector vector = Negentropy.of(noise, NO_GAPS);
    // A sample of 2048 bytes shows 8 - 255 / (2 * 2048 * ln 2) bits on average, 0.989 of 8.
    assertThat(vector.shannon()).isCloseTo(0.989, within(0.01));
    assertThat(vector.kolmogorov()).isEqualTo(1);
    // exp(digamma(8)) / 8 for the mean of eight periodograms, give or take.
    assertThat(vector.spectral()).isCloseTo(0.94, within(0.05));
  }

  @Test
  void aPeriodHasTheEntropyOfItsBytesAndAlmostNoFlatness() {
    byte[] square = new byte[SIZE];
    byte[] ramp = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      square[i] = (byte) (i % 2 == 0 ? 0 : 200);
      ramp[i] = (byte) i;
    }
    assertThat(Negentropy.shannon(square)).isCloseTo(1 / 8.0, within(1e-12));
    assertThat(Negentropy.kolmogorov(square)).isLessThan(0.02);
    assertThat(Spectrum.flatness(square)).isLessThan(1e-6);
    assertThat(Negentropy.shannon(ramp)).isCloseTo(1, within(1e-12));
    assertThat(Negentropy.kolmogorov(ramp)).isBetween(0.1, 0.2); // its 256 literals, then copies
    assertThat(Spectrum.flatness(ramp)).isLessThan(0.2);
  }

  @Test
  void anImpulseIsFlat() {
    byte[] impulse = new byte[256];
    impulse[3] = 100;
    assertThat(Spectrum.flatness(impulse)).isCloseTo(1, within(1e-9));
  }

  @Test
  void jitterIsTheCoefficientOfVariationAtMostOne() {
    assertThat(Negentropy.jitter(new long[] {5, 5, 5, 5})).isZero();
    assertThat(Negentropy.jitter(new long[] {1, 3})).isCloseTo(0.5, within(1e-12));
    assertThat(Negentropy.jitter(new long[] {0, 0, 0, 0, 0, 0, 0, 1_000_000})).isEqualTo(1);
    assertThat(Negentropy.jitter(new long[] {0, 0})).isZero();
    assertThat(Negentropy.jitter(new long[] {7})).isZero();
    assertThat(Negentropy.jitter(NO_GAPS)).isZero();
  }

  @Test
  void littleOrNothingIsNoFault() {
    assertThat(Negentropy.of(new byte[0], NO_GAPS)).isEqualTo(new NegentropyVector(0, 0, 0, 0));
    assertThat(Negentropy.of(new byte[] {1}, NO_GAPS)).isEqualTo(new NegentropyVector(0, 1, 0, 0));
    for (int size = 0; size < 600; size++) {
      double flatness = Spectrum.flatness(new byte[size]);
      assertThat(flatness).isZero();
    }
  }

  @Test
  void theTransformIsTheFourierTransform() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int n = 32;
    double[] signal = random.doubles(n, -1, 1).toArray();
    double[] re = signal.clone();
    double[] im = new double[n];
    Spectrum.transform(re, im);
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int t = 0; t < n; t++) {
        sumRe += signal[t] * Math.cos(2 * Math.PI * k * t / n);
        sumIm -= signal[t] * Math.sin(2 * Math.PI * k * t / n);
      }
      assertThat(re[k]).isCloseTo(sumRe, within(1e-9));
      assertThat(im[k]).isCloseTo(sumIm, within(1e-9));
    }
  }
}
