package qwormhole.api.internal.select;

import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Availability.Available;
import qwormhole.api.spi.Availability.Unavailable;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * How one candidate did when it was its turn.
 *
 * @param passed whether it can carry the bytes
 * @param transport what it opened; null when it failed or was only asked
 * @param detail what it runs on, or why it failed, in one line
 * @param cause the technical cause of a failure, or null
 */
record Trial(boolean passed, Transport transport, String detail, Throwable cause) {

  /** Constructs the candidate and asks whether it could; opens nothing. */
  static Trial ask(ProviderEntry entry) {
    Guarded<TransportProvider> made = construct(entry);
    return made.failed() ? failed(made.reason("constructor"), made.cause()) : ask(made.value());
  }

  /** Constructs, asks and opens. */
  static Trial open(ProviderEntry entry, TransportContext context) {
    Guarded<TransportProvider> made = construct(entry);
    return made.failed()
        ? failed(made.reason("constructor"), made.cause())
        : open(made.value(), context);
  }

  private static Guarded<TransportProvider> construct(ProviderEntry entry) {
    return Guarded.call(
        () -> {
          TransportProvider provider = entry.constructor().get();
          checkVersion(provider);
          return provider;
        });
  }

  private static Trial ask(TransportProvider provider) {
    Guarded<Availability> answer = Guarded.call(provider::availability);
    if (answer.failed()) {
      return failed(answer.reason("availability()"), answer.cause());
    }
    if (answer.value() instanceof Available yes) {
      return new Trial(true, null, SafeText.of(yes.detail()), null);
    }
    if (answer.value() instanceof Unavailable no) {
      return failed(SafeText.of(no.reason()), no.cause());
    }
    return failed("availability() returned null", null);
  }

  private static Trial open(TransportProvider provider, TransportContext context) {
    Trial asked = ask(provider);
    if (!asked.passed()) {
      return asked;
    }
    Guarded<Transport> opened = new Opening(context).open(provider);
    return opened.failed()
        ? failed(opened.reason("open()"), opened.cause())
        : new Trial(true, opened.value(), asked.detail(), null);
  }

  /**
   * The version must be ours. When a later SPI still serves providers of earlier ones, this becomes
   * {@code OLDEST_SERVED <= version && version <= SPI_VERSION}.
   */
  private static void checkVersion(TransportProvider provider) throws Unfit {
    Guarded<Integer> version = Guarded.call(provider::spiVersion);
    if (version.failed()) {
      throw new Unfit(version.reason("spiVersion()"), version.cause());
    }
    if (version.value() != TransportProvider.SPI_VERSION) {
      throw new Unfit(
          "made for SPI version " + version.value() + ", this is " + TransportProvider.SPI_VERSION);
    }
  }

  static Trial failed(String reason, Throwable cause) {
    return new Trial(false, null, reason, cause);
  }
}
