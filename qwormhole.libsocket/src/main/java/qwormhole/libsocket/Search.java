package qwormhole.libsocket;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for a fit library. */
final class Search {

  private static final String FIX =
      "build and install libsocket (github.com/dermesser/libsocket; distributions have no package"
          + " of it), or name the file or its folder in QWORMHOLE_LIBSOCKET_PATH";

  private static final String ABSENT = ": cannot open shared object file: No such file";

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
  LibsocketLibrary run() throws UnfitException {
    for (String name : places.names()) {
      LibsocketLibrary found = look(name);
      if (found != null) {
        return found;
      }
    }
    throw new UnfitException(reason());
  }

  private LibsocketLibrary look(String name) {
    boolean path = name.startsWith("/");
    if (path && !Files.isRegularFile(Path.of(name))) {
      missing.add(name);
      return null;
    }
    try {
      return LibsocketLibrary.examine(NativeLibrary.getInstance(name));
    } catch (UnfitException e) {
      unfit.add(name + " " + e.getMessage());
    } catch (UnsatisfiedLinkError e) {
      String said = said(e);
      if (!said.startsWith(name + ABSENT)) {
        unfit.add(name + " cannot be loaded: " + said);
      } else if (path) {
        // What the loader says of a file that is there, but for another machine.
        unfit.add(name + " cannot be loaded: it is built for another kind of machine");
      } else {
        missing.add(name);
      }
    }
    return null;
  }

  /** What the loader says: after a line that only repeats the name. */
  private static String said(UnsatisfiedLinkError e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().skip(1).findFirst().orElse(message);
  }

  private String reason() {
    StringBuilder reason = new StringBuilder("libsocket cannot be used: ");
    if (!unfit.isEmpty()) {
      reason.append(String.join("; ", unfit)).append("; ");
    }
    if (!missing.isEmpty()) {
      reason.append("not found: ").append(String.join(", ", missing));
      boolean everywhere = places.setting() == null;
      reason.append(everywhere ? " in jna.library.path and the system's library path" : "");
      reason.append("; ");
    }
    if (places.setting() != null) {
      reason.append("named by ").append(places.setting()).append("; ");
    }
    return reason.append(FIX).toString();
  }
}
