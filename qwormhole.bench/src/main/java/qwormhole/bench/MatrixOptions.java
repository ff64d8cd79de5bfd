package qwormhole.bench;

import java.util.List;
import picocli.CommandLine.Option;
import qwormhole.bench.load.Features;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.scenario.Pairing;

/** The options that say what runs against what. */
final class MatrixOptions {
  @Option(
      names = "--mode",
      paramLabel = "<mode>",
      description =
          "all; core (java:java); native (all with a transport that is not java on either side); a"
              + " transport's id for both sides; <server>:<client>; bare. Several with commas. What"
              + " cannot work here becomes a skipped row. Default: ${DEFAULT-VALUE}.")
  private String mode = "all";

  @Option(
      names = "--send",
      paramLabel = "<form>",
      description =
          "How streams are sent: send, which blocks; batch, an explicit scope for each 8192 messages;"
              + " try, which is trySend and waiting for drain. Default: send.")
  private SendForm send = SendForm.SEND;

  @Option(
      names = "--signed",
      description =
          "Clients sign their handshakes, each side with a new key, and servers demand it.")
  private boolean signed;

  @Option(
      names = "--resume",
      description =
          "Sessions can be resumed: both sides keep what they sent until it was acknowledged.")
  private boolean resume;

  @Option(
      names = "--tls",
      description =
          "Over TLS 1.3, with a certificate that each server makes for itself; not the bare pair.")
  private boolean tls;

  @Option(
      names = "--baseline",
      description = "Run the bare pair of socket loops in turn with each row, and print ratios.")
  private boolean baseline;

  @Option(
      names = "--require",
      split = ",",
      paramLabel = "<id>",
      description =
          "Transports that must work here; if one does not, the exit code is 3. Several with commas.")
  private List<String> required = List.of();

  SendForm send() {
    return send;
  }

  Features features() {
    return new Features(signed, resume, tls);
  }

  boolean baseline() {
    return baseline;
  }

  List<String> required() {
    return required;
  }

  /**
   * The pairings.
   *
   * @throws IllegalArgumentException when one is unknown
   */
  List<Pairing> pairings(List<String> servers, List<String> clients) {
    List<Pairing> pairings = Pairing.parse(mode, servers, clients);
    return baseline ? Pairing.withBaseline(pairings) : pairings;
  }
}
