package qwormhole.api.spi;

import java.io.IOException;

/**
 * A way of moving bytes, found through {@link java.util.ServiceLoader}. A provider knows nothing of
 * frames, handshakes or reconnects: it carries bytes and the core does the rest.
 *
 * <p>Constructing a provider must cost nothing: no library, thread or socket before {@link
 * #availability()} or {@link #open} is called. Any method may be called from any thread.
 *
 * <p>A provider jar is a named module with {@code provides
 * qwormhole.api.spi.TransportProvider with ...}. Its class says in a {@link ProviderInfo} what it is
 * called; it is chosen by that id, never by class name.
 */
public interface TransportProvider {

  /**
   * The version of this SPI. It is a compile-time constant, so a provider that returns it from {@link
   * #spiVersion()} returns the version that it was compiled against.
   */
  int SPI_VERSION = 1;

  /** The SPI version that the provider was compiled against: {@code return SPI_VERSION;}. */
  int spiVersion();

  /**
   * Whether the provider can work here, and if not why. May load libraries; is asked only when the
   * provider is a candidate. It must answer, not throw; what it throws counts as unavailable.
   */
  Availability availability();

  /**
   * Opens a transport, which starts its loop threads.
   *
   * @param context where threads, clock and failure reports come from
   * @throws IOException when the transport cannot be opened; the next candidate is tried
   */
  Transport open(TransportContext context) throws IOException;
}
