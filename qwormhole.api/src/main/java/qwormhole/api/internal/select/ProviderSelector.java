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
   * Opens the first transport that works. The order, and what happens when a step fails:
   *
   * <ol>
   *   <li><b>Off switch</b>: {@code forceJava}, or {@code QWORMHOLE_NATIVE} = disable, off, 0,
   *       false, force-java or force-ts, or {@code QWORMHOLE_DISABLE_NATIVE} = 1, from anywhere.
   *       Only the Java provider is constructed and tried; steps 2 and 3 are skipped, and what they
   *       name is not looked at. If the Java provider fails: as in step 4.
   *   <li><b>Named backend</b>: the option, else {@code QWORMHOLE_NATIVE_SERVER_PREFERRED} or
   *       {@code ..._CLIENT_PREFERRED}, else {@code QWORMHOLE_NATIVE_PREFERRED} (of each the
   *       property before the variable). If nobody has that id: {@code E_NATIVE_UNAVAILABLE} with
   *       the known ids, nothing is tried. If its provider fails: the next step.
   *   <li><b>Native preferred</b>: the option {@code preferNative}, else {@code QWORMHOLE_NATIVE} =
   *       1, true, on or prefer: native providers by priority, highest first, then by id. Each that
   *       fails gives way to the next, the last to step 4.
   *   <li><b>The Java provider</b>, the one of id {@code java}. If steps 2 or 3 had asked for
   *       another one, the fall is warned of once for each side. If it was not found at all: {@code
   *       E_PROVIDER_MISSING}, naming the module. If it fails: {@code E_PROVIDER_FAILED} with every
   *       reason.
   * </ol>
   *
   * <p>A {@code require}d id replaces steps 2 to 4: that provider or {@code E_NATIVE_UNAVAILABLE}
   * with every reason, also when the off switch keeps it out; for {@code java} the errors of step
   * 4.
   *
   * <p>Ids, priorities and who is native are known from annotations; only the candidate whose turn
   * it is gets constructed. It passes when that succeeds, it is of this SPI version, was not
   * excluded, is available and opens without dying. What it throws counts against it alone, except
   * errors of the virtual machine. A transport that is not used after all is closed.
   *
   * @throws QWormholeException when no candidate passes
   */
  public SelectedTransport open(SelectionRequest request, TransportContext context) {
    Walk walk = walk(request, entry -> Trial.open(entry, context));
    if (!walk.found()) {
      throw walk.refusal();
    }
    sayWhereItFell(walk, request.side());
    return walk.selected();
  }

  /**
   * What {@link #open} would use now and why not the others, as far as can be told without opening
   * anything. It does not throw: when nothing can be used the mode is empty and the rule says why.
   */
  public ProviderReport report(SelectionRequest request) {
    return walk(request, Trial::ask).report();
  }

  private Walk walk(SelectionRequest request, Function<ProviderEntry, Trial> attempt) {
    Optional<String> off = switches.off(request);
    ProviderCatalog catalog = new ProviderCatalog(source.discover());
    Walk walk = new Walk(request, off, catalog, Plan.of(request, switches, off, catalog));
    walk.run(attempt);
    logSteps(walk.report());
    return walk;
  }

  private void sayWhereItFell(Walk walk, Side side) {
    String prefix = "[native-" + side.text() + "] ";
    if (walk.fellToJava()) {
      walk.whyItFell()
          .ifPresent(
              why ->
                  log.warnOnce(
                      prefix + "fell to java",
                      prefix + "binding not found, falling back to Java: " + why));
    }
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
