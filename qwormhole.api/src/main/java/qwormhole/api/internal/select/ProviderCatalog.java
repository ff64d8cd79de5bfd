package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.internal.select.ProviderSource.Broken;
import qwormhole.api.internal.select.ProviderSource.Description;
import qwormhole.api.internal.select.ProviderSource.Discovery;
import qwormhole.api.internal.select.ProviderSource.Handle;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.TransportProvider;

/**
 * The providers that may be tried, one for each id, and what was found besides. Nothing of them runs
 * here.
 *
 * <p>The ids of this project's modules are theirs alone. Of two other providers with one id that of
 * the higher priority is used, of equal ones the first by class name, so that the order does not
 * depend on paths.
 */
final class ProviderCatalog {
  static final String JAVA_ID = "java";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Comparator<Handle> PRECEDENCE =
      Comparator.<Handle, Integer>comparing(ProviderCatalog::priority, Comparator.reverseOrder())
          .thenComparing(Handle::className);
  private static final Comparator<ProviderEntry> ORDER =
      Comparator.comparing(ProviderEntry::priority, Comparator.reverseOrder())
          .thenComparing(ProviderEntry::id);

  private final Map<String, ProviderEntry> byId = new LinkedHashMap<>();
  private final List<Candidate> unusable = new ArrayList<>();

  /** The catalog of what was found. */
  ProviderCatalog(Discovery found) {
    found.handles().stream().sorted(PRECEDENCE).forEach(this::add);
    found.broken().forEach(this::addBroken);
  }

  private static int priority(Handle handle) {
    return handle.description().failed() ? 0 : handle.description().value().priority();
  }

  private void add(Handle handle) {
    Guarded<Description> read = handle.description();
    if (read.failed()) {
      unusable.add(unusable(handle, 0, true, read.reason("its annotation"), read.cause()));
      return;
    }
    Description said = read.value();
    String objection = objection(handle, said.id());
    if (objection != null) {
      unusable.add(unusable(handle, said.priority(), said.isNative(), objection, null));
      return;
    }
    byId.put(
        said.id(),
        new ProviderEntry(
            said.id(), said.priority(), said.isNative(), handle.className(), handle.constructor()));
  }

  /** Why this provider cannot have this id, or null. */
  private String objection(Handle handle, String id) {
    if (id == null || !ID.matcher(id).matches()) {
      return "its id '" + SafeText.of(id, 64) + "' is not of the form " + ID;
    }
    if (ReservedIds.isReserved(id) && !id.equals(handle.ownId())) {
      return "its id " + id + " is kept for the module " + ReservedIds.moduleOf(id);
    }
    ProviderEntry first = byId.get(id);
    return first == null
        ? null
        : "its id "
            + id
            + " is taken by "
            + first.className()
            + ", of priority "
            + first.priority();
  }

  private static Candidate unusable(
      Handle handle, int priority, boolean isNative, String why, Throwable cause) {
    return new Candidate(handle.className(), priority, isNative, Outcome.FAILED, why, cause);
  }

  private void addBroken(Broken broken) {
    Throwable error = broken.error();
    Throwable cause = error instanceof Unfit ? error.getCause() : error;
    String why = describe(error);
    unusable.add(new Candidate(SafeText.of(broken.name()), 0, true, Outcome.FAILED, why, cause));
  }

  /** What ServiceLoader said, without the name of the service, and why it said it. */
  private static String describe(Throwable error) {
    if (error instanceof Unfit) {
      return SafeText.of(error.getMessage());
    }
    if (!(error instanceof ServiceConfigurationError) || error.getMessage() == null) {
      return Guarded.text(error);
    }
    String said = error.getMessage().replace(TransportProvider.class.getName() + ": ", "");
    Throwable cause = error.getCause();
    return SafeText.of(cause == null ? said : said + ": " + Guarded.text(cause));
  }

  /** By priority downwards, then by id. */
  List<ProviderEntry> entries() {
    return byId.values().stream().sorted(ORDER).toList();
  }

  Optional<ProviderEntry> entry(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The ids of those that may be tried, sorted. */
  Set<String> ids() {
    return new TreeSet<>(byId.keySet());
  }

  /** What was found and cannot be used, each with its reason. */
  List<Candidate> unusable() {
    return List.copyOf(unusable);
  }
}
