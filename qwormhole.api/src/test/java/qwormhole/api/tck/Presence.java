package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import qwormhole.api.spi.Availability.Unavailable;
import qwormhole.api.spi.TransportProvider;

/** Whether the provider under test can be tested here. */
final class Presence {

  private Presence() {}

  /** Goes on, aborts the test with the provider's reason, or fails it. */
  static void check(TransportProvider provider, boolean mayBeUnavailable) {
    if (provider.availability() instanceof Unavailable unavailable) {
      String why = provider.getClass().getSimpleName() + " is unavailable: " + unavailable.reason();
      if (mayBeUnavailable) {
        abort(why);
      }
      fail(why);
    }
  }
}
