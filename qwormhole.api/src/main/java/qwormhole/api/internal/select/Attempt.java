package qwormhole.api.internal.select;

import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Availability.Available;
import qwormhole.api.spi.Availability.Unavailable;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * The outcome of trying one candidate.
 *
 * @param passed whether it can carry the bytes
 * @param wasAvailable whether it said that it could
 * @param transport what it opened and what is used; null when it failed or was only asked
 * @param detail what it runs on, or why it failed, in one line
 * @param cause the technical cause of a failure, or null
 */
record Attempt(
    boolean passed, boolean wasAvailable, Transport transport, String detail, Throwable cause) {

  /** Constructs the candidate and asks whether it could; opens nothing. */
  static Attempt ask(ProviderEntry entry) {
    Guarded<TransportProvider> made = construct(entry);
    return made.failed() ? unfit(made.reason("constructor"), made.cause()) : ask(made.value());
  }

  /** Constructs and asks the candidate, opens a transport and puts it to use. */
  static Attempt open(ProviderEntry entry, TransportContext context, TransportUse use) {
    Guarded<TransportProvider> made = construct(entry);
    if (made.failed()) {
      return unfit(made.reason("constructor"), made.cause());
    }
    Attempt asked = ask(made.value());
    if (!asked.passed()) {
      return asked;
    }
    Opening opening = new Opening(context, use);
    Guarded<Transport> opened = opening.open(made.value());
    return opened.failed()
        ? new Attempt(false, true, null, opened.reason(opening.step()), opened.cause())
        : new Attempt(true, true, opened.value(), asked.detail(), null);
  }

  /** It cannot be used, as was known before it was opened. */
  static Attempt unfit(String reason, Throwable cause) {
    return new Attempt(false, false, null, reason, cause);
  }

  private static Attempt ask(TransportProvider provider) {
    Guarded<Availability> answer = Guarded.call(provider::availability);
    if (answer.failed()) {
      return unfit(answer.reason("availability()"), answer.cause());
    }
    if (answer.value() instanceof Available yes) {
      return new Attempt(true, true, null, SafeText.of(yes.detail()), null);
    }
    if (answer.value() instanceof Unavailable no) {
      return unfit(SafeText.of(no.reason()), no.cause());
    }
    return unfit("availability() returned null", null);
  }

  private static Guarded<TransportProvider> construct(ProviderEntry entry) {
    return Guarded.call(
        () -> {
          TransportProvider provider = entry.constructor().get();
          checkVersion(provider);
          return provider;
        });
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
}
