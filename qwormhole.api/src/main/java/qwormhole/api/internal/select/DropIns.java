package qwormhole.api.internal.select;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import qwormhole.api.internal.select.DropInJars.Jar;

/**
 * The places of this process in which transports are looked for beside the module path: those that the
 * application has added, and those of the setting {@code QWORMHOLE_PLUGINS}. Any thread.
 */
public final class DropIns {
  private static final String VARIABLE = "QWORMHOLE_PLUGINS";
  private static final DropIns SYSTEM =
      new DropIns(new DropInJars(), System::getProperty, System::getenv);

  private final DropInJars loader;
  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private final Map<Path, Jar> jars = new LinkedHashMap<>(); // guarded by this
  private String setting = ""; // guarded by this

  DropIns(DropInJars loader, UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.loader = loader;
    this.properties = properties;
    this.environment = environment;
  }

  /** Of this process. */
  public static DropIns system() {
    return SYSTEM;
  }

  /** Adds jars and folders of jars. Returns those that cannot be used, each with the reason. */
  public synchronized Map<Path, String> add(List<Path> places) {
    Map<Path, String> passedOver = new LinkedHashMap<>();
    for (Jar jar : loader.add(places)) {
      jars.put(jar.file(), jar);
      if (jar.why() != null) {
        passedOver.put(jar.file(), jar.why().getMessage());
      }
    }
    return passedOver;
  }

  /** All jars; the setting is read again, and what is new in it is added. */
  synchronized List<Jar> jars() {
    String set = properties.apply("qwormhole.plugins");
    String now = set != null ? set : environment.apply(VARIABLE);
    if (now != null && !now.isBlank() && !now.equals(setting)) {
      setting = now;
      add(places(now));
    }
    return List.copyOf(jars.values());
  }

  private static List<Path> places(String setting) {
    List<Path> places = new ArrayList<>();
    for (String place : setting.split(File.pathSeparator, -1)) {
      if (!place.isBlank()) {
        try {
          places.add(Path.of(place.strip()));
        } catch (InvalidPathException e) {
          // What is no path names no file.
        }
      }
    }
    return places;
  }
}
