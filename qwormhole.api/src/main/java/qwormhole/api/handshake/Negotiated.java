package qwormhole.api.handshake;

import java.util.List;
import java.util.Objects;

/**
 * What both sides of a connection can and do: what only one side has is off.
 *
 * @param scp whether they speak the negotiated protocol: control frames, reasons for a rejection
 * @param codecs names of codecs that both have, in the client's order
 * @param checksum whether every message carries a CRC-32C
 * @param ack whether messages are acknowledged once the peer's handler has returned
 * @param session whether the connection goes on over another link when its own is lost
 */
public record Negotiated(
    boolean scp, List<String> codecs, boolean checksum, boolean ack, boolean session) {

  /** Nothing: a peer that does not negotiate, or has not answered yet. */
  public static final Negotiated NOTHING = new Negotiated(false, List.of(), false, false, false);

  public Negotiated {
    codecs = List.copyOf(Objects.requireNonNull(codecs, "codecs"));
  }
}
