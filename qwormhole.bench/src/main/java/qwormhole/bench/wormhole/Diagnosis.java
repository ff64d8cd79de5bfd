package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.List;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.QWormhole;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

/**
 * What this installation can do.
 *
 * @param server what a server of default options would use here
 * @param client what a client of default options would use here
 * @param transports each one there is
 */
public record Diagnosis(
    ProviderReport server, ProviderReport client, List<Diagnosis.Transport> transports) {

  /**
   * One transport.
   *
   * @param id its id
   * @param priority higher is tried first; 0 when not known
   * @param isNative whether native code moves the bytes
   * @param available whether a server could be opened on it
   * @param detail what it runs on, such as a library and its version; or why it cannot and what to do
   */
  public record Transport(
      String id, int priority, boolean isNative, boolean available, String detail) {}

  /** Looks, and opens a server on each transport for a moment. */
  public static Diagnosis make() {
    ProviderReport server = QWormhole.serverProviders();
    ProviderReport client = QWormhole.clientProviders();
    List<Transport> transports = server.candidates().stream().map(Diagnosis::examine).toList();
    return new Diagnosis(server, client, transports);
  }

  private static Transport examine(Candidate candidate) {
    if (candidate.outcome() == Outcome.NOT_TRIED) {
      return examineAlone(candidate);
    }
    return candidate.outcome() == Outcome.SELECTED
        ? open(candidate)
        : transport(candidate, false, candidate.detail());
  }

  /** Another came first: asks for this one by name. */
  private static Transport examineAlone(Candidate passedOver) {
    ServerOptions<String> options =
        ServerOptions.builder(Codec.text()).require(passedOver.id()).build();
    ProviderReport report = QWormhole.serverProviders(options);
    return report.candidates().stream()
        .filter(candidate -> candidate.id().equals(passedOver.id()))
        .filter(candidate -> candidate.outcome() != Outcome.NOT_TRIED)
        .findFirst()
        .map(Diagnosis::examine)
        .orElseGet(() -> transport(passedOver, false, passedOver.detail()));
  }

  private static Transport open(Candidate candidate) {
    try {
      return transport(candidate, true, Selftest.probe(candidate.id()));
    } catch (IOException e) {
      return transport(candidate, false, String.valueOf(e.getMessage()));
    }
  }

  private static Transport transport(Candidate candidate, boolean available, String detail) {
    return new Transport(
        candidate.id(), candidate.priority(), candidate.isNative(), available, detail);
  }
}
