package qwormhole.api.internal.select;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.text.SafeText;

/**
 * What the options, system properties and environment say about providers. A property is named like
 * its variable: {@code QWORMHOLE_X_Y} is {@code qwormhole.x.y}. Options beat properties and
 * properties beat the environment, variable by variable; the off switch wins from anywhere. Values
 * are trimmed and compared without case; an empty one counts as not set. A malformed value is
 * warned of once and then counts as not set.
 */
final class Switches {
  static final String NATIVE = "QWORMHOLE_NATIVE";
  static final String DISABLE_NATIVE = "QWORMHOLE_DISABLE_NATIVE";
  static final String DEBUG_NATIVE = "QWORMHOLE_DEBUG_NATIVE";
  static final String PREFERRED = "QWORMHOLE_NATIVE_PREFERRED";

  private static final Words PREFERENCE =
      new Words(
          Set.of("1", "true", "on", "yes", "y", "prefer"),
          Set.of("0", "false", "off", "no", "n", "disable", "force-java", "force-ts"),
          "1, true, on, yes, y, prefer; 0, false, off, no, n, disable, force-java, force-ts");
  private static final Words FLAG =
      new Words(
          Set.of("1", "true", "on", "yes", "y"),
          Set.of("0", "false", "off", "no", "n"),
          "1, true, on, yes, y; 0, false, off, no, n");

  private record Words(Set<String> on, Set<String> off, String accepted) {
    boolean contain(String value) {
      return on.contains(value) || off.contains(value);
    }
  }

  /**
   * A value that was set.
   *
   * @param from where, in words
   */
  record Setting(String value, String from) {
    @Override
    public String toString() {
      return from + "=" + SafeText.of(value, 64);
    }
  }

  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private final LogWriter log;

  /** Switches read through these look-ups, which answer null for what is not set. */
  Switches(UnaryOperator<String> properties, UnaryOperator<String> environment, LogWriter log) {
    this.properties = properties;
    this.environment = environment;
    this.log = log;
  }

  /** Who keeps native providers out, if anybody. */
  Optional<String> off(SelectionRequest request) {
    if (request.forceJava()) {
      return Optional.of("option forceJava");
    }
    return Stream.concat(
            set(NATIVE, PREFERENCE).filter(setting -> PREFERENCE.off().contains(setting.value())),
            set(DISABLE_NATIVE, FLAG).filter(setting -> FLAG.on().contains(setting.value())))
        .map(Setting::toString)
        .findFirst();
  }

  /** Who wants native providers before the Java one, if anybody; asked when they are not off. */
  Optional<String> preferNative(SelectionRequest request) {
    if (request.preferNative() != null) {
      return request.preferNative() ? Optional.of("option preferNative") : Optional.empty();
    }
    return set(NATIVE, PREFERENCE)
        .filter(setting -> PREFERENCE.on().contains(setting.value()))
        .map(Setting::toString)
        .findFirst();
  }

  /** The id to try first: the option, else the variable of the side, else the one of both. */
  Optional<Setting> preferred(SelectionRequest request) {
    if (request.preferredBackend() != null) {
      return Optional.of(new Setting(request.preferredBackend(), "option preferredBackend"));
    }
    String ofSide = NATIVE + "_" + request.side().text().toUpperCase(Locale.ROOT) + "_PREFERRED";
    return Stream.concat(set(ofSide), set(PREFERRED)).findFirst();
  }

  /** Whether each step is logged at INFO. */
  boolean debug() {
    return set(DEBUG_NATIVE, FLAG)
        .findFirst()
        .filter(setting -> FLAG.on().contains(setting.value()))
        .isPresent();
  }

  /** The property, then the variable; those that are set and well-formed. */
  private Stream<Setting> set(String name, Words words) {
    return set(name).filter(setting -> words.contain(setting.value()) || warn(setting, words));
  }

  private Stream<Setting> set(String name) {
    String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return Stream.of(
            new Setting(SelectionRequest.normalId(properties.apply(property)), "-D" + property),
            new Setting(SelectionRequest.normalId(environment.apply(name)), name))
        .filter(setting -> setting.value() != null);
  }

  private boolean warn(Setting malformed, Words words) {
    log.warnOnce(
        "switch " + malformed.from(),
        "ignored " + malformed + ": accepted are " + words.accepted());
    return false;
  }
}
