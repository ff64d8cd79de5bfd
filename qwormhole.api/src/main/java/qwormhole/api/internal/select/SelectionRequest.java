package qwormhole.api.internal.select;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the options ask for. Ids are trimmed and lower-cased; a blank one counts as not given.
 *
 * @param forceJava no native provider, whatever else is said
 * @param preferNative native providers before the Java one; null when the options do not say
 * @param preferredBackend the id to try first, or null
 * @param require the only id that will do, or null
 * @param excluded ids that failed before and are not tried again
 */
public record SelectionRequest(
    Side side,
    boolean forceJava,
    Boolean preferNative,
    String preferredBackend,
    String require,
    Set<String> excluded) {

  public SelectionRequest {
    Objects.requireNonNull(side, "side");
    preferredBackend = normalId(preferredBackend);
    require = normalId(require);
    excluded = Set.copyOf(excluded);
  }

  /** The same request after a provider has failed: it is not tried again. */
  public SelectionRequest excluding(String id) {
    Set<String> more = new HashSet<>(excluded);
    more.add(id);
    return new SelectionRequest(side, forceJava, preferNative, preferredBackend, require, more);
  }

  /** An id as it is compared, or null for none. */
  static String normalId(String id) {
    return id == null || id.isBlank() ? null : id.strip().toLowerCase(Locale.ROOT);
  }
}
