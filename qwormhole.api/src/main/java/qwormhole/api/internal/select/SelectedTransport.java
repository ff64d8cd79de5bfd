package qwormhole.api.internal.select;

import qwormhole.api.ProviderReport;
import qwormhole.api.spi.Transport;

/**
 * An opened transport, which now belongs to the caller.
 *
 * @param id its provider's
 * @param isNative whether native code moves the bytes
 * @param mode {@code java}, or {@code native-<id>} when native code moves the bytes
 * @param report why this one and not the others
 */
public record SelectedTransport(
    String id, boolean isNative, Transport transport, String mode, ProviderReport report) {}
