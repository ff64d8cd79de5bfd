package qwormhole.api.internal.select;

import java.util.List;
import java.util.Objects;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** The exception for a selection that found nobody. */
final class Refusal {
  private Refusal() {}

  /** What {@link ProviderSelector#open} says of it. */
  static QWormholeException of(
      SelectionRequest request,
      ProviderCatalog catalog,
      Candidates candidates,
      ProviderReport report) {
    if (candidates.refusal() != null) {
      return exception(ErrorCode.E_NATIVE_UNAVAILABLE, candidates.refusal(), report);
    }
    String required = request.require();
    if (required != null && !required.equals(ProviderCatalog.JAVA_ID)) {
      String what = "required provider '" + required + "' cannot be used";
      return exception(ErrorCode.E_NATIVE_UNAVAILABLE, what, report);
    }
    if (catalog.entry(ProviderCatalog.JAVA_ID).isEmpty()) {
      String what =
          "the Java provider is missing: module "
              + ReservedIds.moduleOf(ProviderCatalog.JAVA_ID)
              + " is neither on the module path nor on the class path";
      return exception(ErrorCode.E_PROVIDER_MISSING, what, report);
    }
    return exception(ErrorCode.E_PROVIDER_FAILED, "no provider can be used", report);
  }

  private static QWormholeException exception(ErrorCode code, String what, ProviderReport report) {
    String failures = report.failures();
    List<Throwable> causes =
        report.candidates().stream().map(Candidate::cause).filter(Objects::nonNull).toList();
    QWormholeException exception =
        new QWormholeException(
            code,
            failures.isEmpty() ? what : what + ": " + failures,
            causes.isEmpty() ? null : causes.get(0));
    causes.stream().skip(1).forEach(exception::addSuppressed);
    return exception;
  }
}
