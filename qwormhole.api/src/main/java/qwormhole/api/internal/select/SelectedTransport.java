package qwormhole.api.internal.select;

import qwormhole.api.ProviderReport;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportProvider;

/**
 * An opened transport, which now belongs to the caller.
 *
 * @param mode {@code java}, or {@code native-<id>} when native code moves the bytes
 * @param report why this one and not the others
 */
public record SelectedTransport(
    TransportProvider provider, Transport transport, String mode, ProviderReport report) {

  /** The same, used through something around it. */
  public SelectedTransport through(Transport around) {
    return new SelectedTransport(provider, around, mode, report);
  }
}
