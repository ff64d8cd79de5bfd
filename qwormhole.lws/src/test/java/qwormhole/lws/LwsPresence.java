package qwormhole.lws;

import org.junit.jupiter.api.Assumptions;
import qwormhole.api.spi.Availability.Unavailable;

/** Skips a test, with the reason, where the library is not there. */
final class LwsPresence {

  private LwsPresence() {}

  static void assume() {
    if (Backend.availability() instanceof Unavailable unavailable) {
      Assumptions.abort(unavailable.reason());
    }
  }
}
