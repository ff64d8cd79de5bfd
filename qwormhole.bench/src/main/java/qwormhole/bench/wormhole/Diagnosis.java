package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.List;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.QWormhole;

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
    List<Transport> transports =
        server.candidates().stream().map(candidate -> examine(candidate)).toList();
    return new Diagnosis(server, client, transports);
  }

  private static Transport examine(Candidate candidate) {
    String id = candidate.id();
    try {
      String detail = Selftest.probe(id);
      return new Transport(id, candidate.priority(), candidate.isNative(), true, detail);
    } catch (IOException e) {
      return new Transport(
          id, candidate.priority(), candidate.isNative(), false, String.valueOf(e.getMessage()));
    }
  }
}
