package qwormhole.api.internal.observe;

/** The power spectrum of a byte signal, by a radix-2 fast Fourier transform. Pure. */
final class Spectrum {
  private static final int SEGMENT = 256;

  private Spectrum() {}

  /**
   * Spectral flatness (Wiener entropy): the geometric over the arithmetic mean of the power spectrum,
   * 0 to 1. The spectrum is the mean of those of segments of 256 bytes (Bartlett, "Smoothing
   * periodograms from time-series with continuous spectra", 1948): that of a single long segment of
   * noise is so rough that its flatness is 0.56, with eight segments it is 0.94. The constant part is
   * left out, so that a signal that does not change is not flat but has no spectrum, which is 0.
   */
  static double flatness(byte[] signal) {
    int size = Math.min(SEGMENT, Integer.highestOneBit(Math.max(1, signal.length)));
    int bins = size / 2;
    if (bins < 2) {
      return 0;
    }
    double[] power = new double[bins];
    for (int from = 0; from + size <= signal.length; from += size) {
      addPower(signal, from, size, power);
    }
    return ratioOfMeans(power);
  }

  /** Bins 1 to half of the size: bin 0 is the constant part, the rest mirrors these. */
  private static void addPower(byte[] signal, int from, int size, double[] power) {
    double[] re = new double[size];
    double[] im = new double[size];
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += (signal[from + i] & 0xff) / (double) size;
    }
    for (int i = 0; i < size; i++) {
      re[i] = (signal[from + i] & 0xff) - mean;
    }
    transform(re, im);
    for (int k = 1; k <= power.length; k++) {
      power[k - 1] += re[k] * re[k] + im[k] * im[k];
    }
  }

  private static double ratioOfMeans(double[] power) {
    double sum = 0;
    for (double bin : power) {
      sum += bin;
    }
    double mean = sum / power.length;
    if (mean < 1e-9) { // what rounding leaves of a constant
      return 0;
    }
    double logs = 0;
    for (double bin : power) {
      logs += Math.log(Math.max(bin / mean, 1e-12)); // an empty bin would make all of it zero
    }
    return Math.min(1, Math.exp(logs / power.length));
  }

  /** In place, iterative, decimation in time (Cooley and Tukey 1965). The length is a power of two. */
  static void transform(double[] re, double[] im) {
    int n = re.length;
    reorder(re, im);
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double angle = -Math.PI * k / half;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int even = k; even < n; even += 2 * half) {
          int odd = even + half;
          double r = re[odd] * cos - im[odd] * sin;
          double i = re[odd] * sin + im[odd] * cos;
          re[odd] = re[even] - r;
          im[odd] = im[even] - i;
          re[even] += r;
          im[even] += i;
        }
      }
    }
  }

  /** Each value to the place whose bits are its own place's reversed. */
  private static void reorder(double[] re, double[] im) {
    int shift = Integer.numberOfLeadingZeros(re.length) + 1;
    for (int i = 1; i < re.length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        double r = re[i];
        re[i] = re[j];
        re[j] = r;
        double m = im[i];
        im[i] = im[j];
        im[j] = m;
      }
    }
  }
}
