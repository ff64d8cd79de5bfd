package qwormhole.api.internal.select;

import java.util.Map;

/**
 * The ids of this project's modules, which no drop-in can take. Judged by where a class comes from:
 * its module, or on the class path, where a package is anybody's, its whole name.
 */
final class ReservedIds {
  private static final String MODULE = "qwormhole.";
  private static final Map<String, String> CLASSES =
      Map.of(
          "java", "qwormhole.java.JavaTransportProvider",
          "lws", "qwormhole.lws.LwsTransportProvider",
          "libsocket", "qwormhole.libsocket.LibsocketTransportProvider");

  private ReservedIds() {}

  static boolean isReserved(String id) {
    return CLASSES.containsKey(id);
  }

  static String moduleOf(String id) {
    return MODULE + id;
  }

  /** The reserved id that this class may have, or null. */
  static String of(Class<?> type) {
    Module module = type.getModule();
    for (String id : CLASSES.keySet()) {
      boolean isOwn =
          module.isNamed()
              ? module.getName().equals(moduleOf(id))
              : type.getName().equals(CLASSES.get(id));
      if (isOwn) {
        return id;
      }
    }
    return null;
  }
}
