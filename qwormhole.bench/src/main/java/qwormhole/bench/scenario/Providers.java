package qwormhole.bench.scenario;

import java.util.List;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormhole;

/** Which providers this installation has. */
public final class Providers {
  private Providers() {}

  /** Their ids, in the order of the report. */
  public static List<String> ids() {
    return QWormhole.serverProviders().candidates().stream()
        .map(ProviderReport.Candidate::id)
        .toList();
  }
}
