package qwormhole.api.internal.select;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the options ask for. Ids are trimmed and lower-cased; a blank one counts as not given.
 *
 * @param forceJava no native provider, whatever else is said
 * @param preferNative native providers before the Java one; null when the options do not say
 * @param preferredBackend the id to try first, or null
 * @param require the only id that will do, or null
 * @param excluded ids that are passed over, each with the reason
 */
public record SelectionRequest(
    Side side,
    boolean forceJava,
    Boolean preferNative,
    String preferredBackend,
    String require,
    Map<String, String> excluded) {

  public SelectionRequest {
    Objects.requireNonNull(side, "side");
    preferredBackend = normalId(preferredBackend);
    require = normalId(require);
    excluded = Map.copyOf(excluded);
  }

  /** The same request, which passes over these ids too. */
  public SelectionRequest excluding(Map<String, String> reasons) {
    Map<String, String> more = new HashMap<>(excluded);
    more.putAll(reasons);
    return new SelectionRequest(side, forceJava, preferNative, preferredBackend, require, more);
  }

  /** An id as it is compared, or null for none. */
  static String normalId(String id) {
    return id == null || id.isBlank() ? null : id.strip().toLowerCase(Locale.ROOT);
  }
}
