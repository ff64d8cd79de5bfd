package qwormhole.api.internal.select;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import qwormhole.api.ProviderReport;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Chooses the provider that carries the bytes. Holds nothing between calls: each call looks for
 * providers again, and any thread may call.
 */
public final class ProviderSelector {
  private final ProviderSource source;
  private final Switches switches;
  private final LogWriter log;

  ProviderSelector(ProviderSource source, Switches switches, LogWriter log) {
    this.source = source;
    this.switches = switches;
    this.log = log;
  }

  /** The selector of this process: its modules and class path, properties and environment. */
  public static ProviderSelector system() {
    return system((id, provider) -> provider);
  }

  /** As {@link #system()}, with something around each provider that is constructed, told by its id. */
  public static ProviderSelector system(
      BiFunction<String, TransportProvider, TransportProvider> decorator) {
    LogWriter log = Log.writer();
    Switches switches = new Switches(System::getProperty, System::getenv, log);
    ProviderSource source = ServiceLoaderSource.system().decorated(decorator);
    return new ProviderSelector(source, switches, log);
  }

  /**
   * Opens the first transport that serves. The order, and what happens when a step fails:
   *
   * <ol>
   *   <li><b>Off switch</b>: {@code forceJava}, or {@code QWORMHOLE_NATIVE} = disable, off, 0, no, n,
   *       false, force-java or force-ts, or {@code QWORMHOLE_DISABLE_NATIVE} = 1, from anywhere. Only
   *       the Java provider is constructed and tried; the next steps are skipped, and what they name
   *       is not looked at. If the Java provider fails: as in step 5.
   *   <li><b>Named backend</b>: the option, else {@code QWORMHOLE_NATIVE_SERVER_PREFERRED} or
   *       {@code ..._CLIENT_PREFERRED}, else {@code QWORMHOLE_NATIVE_PREFERRED} (of each the
   *       property before the variable). If nobody has that id: one warning with the known ids. If
   *       that, or if its provider fails: the next step.
   *   <li><b>Native preferred</b>: the option {@code preferNative}, else {@code QWORMHOLE_NATIVE} =
   *       1, true, on, yes, y or prefer: the native providers.
   *   <li><b>Drop-ins</b> that are not native and whose priority is above that of Java. They and those
   *       of step 3 are tried together, by priority, highest first, then by id. Each that fails gives
   *       way to the next, the last to step 5.
   *   <li><b>The Java provider</b>, the one of id {@code java}. If the steps before had asked for
   *       another one, the fall is warned of once for each side. If it was not found at all: {@code
   *       E_PROVIDER_MISSING}, naming the module. If it fails: {@code E_PROVIDER_FAILED} with every
   *       reason.
   * </ol>
   *
   * <p>A {@code require}d id replaces steps 2 to 5: that provider or {@code E_NATIVE_UNAVAILABLE}
   * with every reason, also when the off switch keeps it out; for {@code java} the errors of step
   * 5.
   *
   * <p>Ids, priorities and who is native are known from annotations; only the candidate whose turn
   * it is gets constructed. It passes when that succeeds, it is of this SPI version, was not
   * excluded, is available, opens, and serves the use without dying. What it throws counts against it
   * alone, except errors of the virtual machine and an {@link AddressException}. A transport that is
   * not used after all is closed.
   *
   * @param use what the transport has to do before its provider is chosen
   * @throws QWormholeException when no candidate passes, or with what an address was refused for
   */
  public SelectedTransport open(
      SelectionRequest request, TransportContext context, TransportUse use) {
    Selection selection;
    try {
      selection = select(request, entry -> Attempt.open(entry, context, use));
    } catch (AddressException e) {
      throw e.told();
    }
    String prefix = "[native-" + request.side().text() + "] ";
    selection.unknownName().ifPresent(text -> log.warnOnce(prefix + text, prefix + text));
    if (!selection.found()) {
      throw selection.refusal();
    }
    SelectedTransport selected = selection.selected();
    selection
        .warning()
        .ifPresent(text -> log.warnOnce(prefix + "fell to " + selected.id(), prefix + text));
    return selected;
  }

  /**
   * What {@link #open} would use now and why not the others, as far as can be told without opening
   * anything. It does not throw: when nothing can be used the mode is empty and the rule says why.
   */
  public ProviderReport report(SelectionRequest request) {
    try {
      return select(request, Attempt::ask).report();
    } catch (AddressException e) {
      throw new IllegalStateException(e); // who only asks uses no address
    }
  }

  private Selection select(SelectionRequest request, Function<ProviderEntry, Attempt> attempts)
      throws AddressException {
    Optional<String> off = switches.off(request);
    ProviderCatalog catalog = new ProviderCatalog(source.discover());
    Candidates candidates = Candidates.of(request, switches, off, catalog);
    Selection selection = new Selection(request, off, catalog, candidates);
    selection.run(attempts);
    logSteps(selection.report());
    return selection;
  }

  /** Each step in one line, at INFO when asked for; stack traces at DEBUG only. */
  private void logSteps(ProviderReport report) {
    boolean aloud = switches.debug();
    String prefix = "[native-" + report.side() + "] ";
    for (Candidate candidate : report.candidates()) {
      say(aloud, prefix + candidate.id() + " " + candidate.outcome() + ": " + candidate.detail());
      if (candidate.cause() != null) {
        log.debug(prefix + candidate.id() + " failed", candidate.cause());
      }
    }
    String mode = report.mode().isEmpty() ? "none" : report.mode();
    say(aloud, prefix + "selected " + mode + ": " + report.rule());
  }

  private void say(boolean aloud, String step) {
    if (aloud) {
      log.info(step, null);
    } else {
      log.debug(step, null);
    }
  }
}
