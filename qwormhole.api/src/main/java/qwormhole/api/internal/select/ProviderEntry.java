package qwormhole.api.internal.select;

import java.util.function.Supplier;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.spi.TransportProvider;

/**
 * One provider that may be tried, with what its annotation says. Nothing of it has run.
 *
 * @param constructor makes an instance
 */
record ProviderEntry(
    String id,
    int priority,
    boolean isNative,
    String className,
    Supplier<TransportProvider> constructor) {

  Candidate candidate(Outcome outcome, String detail, Throwable cause) {
    return new Candidate(id, priority, isNative, outcome, detail, cause);
  }

  String mode() {
    return isNative ? "native-" + id : id;
  }
}
