package qwormhole.api.telemetry;

/**
 * How ordered recent traffic is, each member 0 to 1.
 *
 * @param shannon Shannon entropy of the bytes, in bits, over 8: 0 for one value, near 1 for noise
 * @param kolmogorov deflated size over size, at most 1: an upper estimate of Kolmogorov complexity
 * @param spectral spectral flatness of the byte signal: geometric over arithmetic mean of its power
 *     spectrum without the constant part; 0 for constant and periodic bytes, near 1 for noise
 * @param jitter coefficient of variation (standard deviation over mean) of the times between
 *     messages, at most 1
 */
public record NegentropyVector(double shannon, double kolmogorov, double spectral, double jitter) {}
