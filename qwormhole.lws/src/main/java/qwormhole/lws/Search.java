package qwormhole.lws;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for a fit library. */
final class Search {

  private static final String FIX =
      "install libwebsockets 4.1 or later (package libwebsockets17 of Debian 12, libwebsockets19"
          + " of Debian 13, libwebsockets19t64 of Ubuntu 24.04), or name the file or its folder in"
          + " QWORMHOLE_LWS_PATH";

  private final Places places;
  private final List<String> missing = new ArrayList<>();
  private final List<String> unfit = new ArrayList<>();

  Search(Places places) {
    this.places = places;
  }

  /**
   * The first library that is fit.
   *
   * @throws UnfitException with all that was looked for, where, and what would help
   */
  LwsLibrary run() throws UnfitException {
    for (String name : places.names()) {
      LwsLibrary found = look(name);
      if (found != null) {
        return found;
      }
    }
    throw new UnfitException(reason());
  }

  private LwsLibrary look(String name) {
    boolean path = name.startsWith("/");
    if (path && !Files.isRegularFile(Path.of(name))) {
      missing.add(name);
      return null;
    }
    try {
      return LwsLibrary.examine(NativeLibrary.getInstance(name));
    } catch (UnfitException e) {
      unfit.add(name + " " + e.getMessage());
    } catch (UnsatisfiedLinkError e) {
      if (path || !isAbsence(e, name)) {
        unfit.add(name + " cannot be loaded: " + said(e));
      } else {
        missing.add(name);
      }
    }
    return null;
  }

  private static boolean isAbsence(UnsatisfiedLinkError e, String name) {
    return e.getMessage() == null
        || e.getMessage().contains(name + ": cannot open shared object file: No such file");
  }

  /** What the loader says: after a line that only repeats the name. */
  private static String said(UnsatisfiedLinkError e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().skip(1).findFirst().orElse(message);
  }

  private String reason() {
    StringBuilder reason = new StringBuilder("libwebsockets cannot be used: ");
    if (!unfit.isEmpty()) {
      reason.append(String.join("; ", unfit)).append("; ");
    }
    if (!missing.isEmpty()) {
      reason.append("not found: ").append(String.join(", ", missing));
      reason.append(places.setting() != null ? "" : " in the system's library path").append("; ");
    }
    if (places.setting() != null) {
      reason.append("named by ").append(places.setting()).append("; ");
    }
    return reason.append(FIX).toString();
  }
}
