package qwormhole.api.internal.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import qwormhole.api.EndpointOptions;
import qwormhole.api.ServerOptions;
import qwormhole.api.internal.observe.Log;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.text.SafeText;

/**
 * Sets on a builder of options what system properties and the environment say about handshakes: a
 * property beats the variable, and what is set on the builder afterwards beats both. A malformed
 * value is warned of once and otherwise counts as not set; of a list, only its malformed entries do.
 * Any thread.
 */
public final class EnvironmentDefaults implements Consumer<EndpointOptions.Builder<?, ?>> {
  static final String PROTOCOL_VERSION = "QWORMHOLE_PROTOCOL_VERSION";
  static final String ALLOWED_VERSIONS = "QWORMHOLE_HANDSHAKE_ALLOWED_VERSIONS";
  static final String REQUIRED_TAGS = "QWORMHOLE_HANDSHAKE_REQUIRED_TAGS";
  static final String REQUIRE_HANDSHAKE = "QWORMHOLE_REQUIRE_HANDSHAKE";
  static final String BIND_HOST = "QWORMHOLE_BIND_HOST";

  private static final Set<String> ON = Set.of("1", "true", "on", "yes", "y");
  private static final Set<String> OFF = Set.of("0", "false", "off", "no", "n");
  private static final int MAX_TEXT_CHARS = 255;

  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private final LogWriter log;

  /** Of this process. */
  public EnvironmentDefaults() {
    this(System::getProperty, System::getenv, Log.writer());
  }

  EnvironmentDefaults(
      UnaryOperator<String> properties, UnaryOperator<String> environment, LogWriter log) {
    this.properties = properties;
    this.environment = environment;
    this.log = log;
  }

  /** A value that was set, and where. */
  private record Setting(String value, String from) {}

  @Override
  public void accept(EndpointOptions.Builder<?, ?> builder) {
    Setting version = setting(PROTOCOL_VERSION);
    if (version != null && isText(version)) {
      builder.protocolVersion(version.value());
    }
    if (builder instanceof ServerOptions.Builder<?> server) {
      acceptServer(server);
    }
  }

  private void acceptServer(ServerOptions.Builder<?> server) {
    Setting host = setting(BIND_HOST);
    if (host != null && isText(host)) {
      server.host(host.value());
    }
    List<String> versions = entries(setting(ALLOWED_VERSIONS), false);
    if (!versions.isEmpty()) {
      server.allowedVersions(Set.copyOf(versions));
    }
    List<String> tags = entries(setting(REQUIRED_TAGS), true);
    if (!tags.isEmpty()) {
      server.verifier(new RequiredTags(tags));
    }
    withoutHandshake(server, !tags.isEmpty());
  }

  private void withoutHandshake(ServerOptions.Builder<?> server, boolean tagsRequired) {
    Setting required = setting(REQUIRE_HANDSHAKE);
    if (required == null) {
      return;
    }
    String word = required.value().toLowerCase(Locale.ROOT);
    if (OFF.contains(word)) {
      if (tagsRequired) {
        log.warnOnce(
            required.from() + " against tags",
            "ignored " + required.from() + ": " + REQUIRED_TAGS + " needs a handshake");
      } else {
        server.withoutHandshake();
      }
    } else if (!ON.contains(word)) {
      warn(required, "1, true, on, yes; 0, false, off, no");
    }
  }

  private boolean isText(Setting setting) {
    boolean fine =
        setting.value().length() <= MAX_TEXT_CHARS
            && setting.value().chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!fine) {
      warn(setting, "up to " + MAX_TEXT_CHARS + " visible ASCII characters");
    }
    return fine;
  }

  /** The well-formed entries of a list with commas between them. */
  private List<String> entries(Setting list, boolean tags) {
    List<String> entries = new ArrayList<>();
    if (list == null) {
      return entries;
    }
    for (String entry : list.value().split(",", -1)) {
      String trimmed = entry.trim();
      if (trimmed.isEmpty() || (tags && trimmed.startsWith("="))) {
        warn(
            list,
            tags
                ? "key or key=value, with commas between them"
                : "versions with commas between them");
      } else {
        entries.add(trimmed);
      }
    }
    return entries;
  }

  /** The property, else the variable; null when neither is set. */
  private Setting setting(String name) {
    String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
    String value = properties.apply(property);
    if (value != null && !value.isBlank()) {
      return new Setting(value.trim(), "-D" + property);
    }
    value = environment.apply(name);
    return value == null || value.isBlank() ? null : new Setting(value.trim(), name);
  }

  private void warn(Setting malformed, String accepted) {
    log.warnOnce(
        "environment " + malformed.from(),
        "ignored in "
            + malformed.from()
            + "="
            + SafeText.of(malformed.value(), 64)
            + ": accepted are "
            + accepted);
  }
}
