package qwormhole.bench.fallback;

import java.util.List;
import qwormhole.api.ProviderReport;
import qwormhole.bench.load.UnavailableException;

/** A side whose transport can be killed. */
public interface Mortal extends AutoCloseable {

  /** Kills the transport that it began with; returns the {@code nanoTime} right before. */
  long strike();

  /** What carries the bytes now. */
  String mode();

  /** What its endpoints told so far. */
  List<Happening> happenings();

  @Override
  void close();

  /**
   * Refuses to go on with another transport than the one that is to be killed.
   *
   * @throws UnavailableException when that cannot work here
   */
  static void checkBegan(String provider, String mode, ProviderReport report)
      throws UnavailableException {
    if (!id(mode).equals(provider)) {
      String failures = report.failures();
      throw new UnavailableException(failures.isEmpty() ? report.rule() : failures, null);
    }
  }

  /** The provider's id in a mode such as {@code native-lws}. */
  static String id(String mode) {
    return mode.startsWith("native-") ? mode.substring("native-".length()) : mode;
  }
}
