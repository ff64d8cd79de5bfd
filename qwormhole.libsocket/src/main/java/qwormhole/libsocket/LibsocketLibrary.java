package qwormhole.libsocket;

import com.sun.jna.NativeLibrary;
import java.io.File;

/** A loaded library that has all functions of libsocket. */
final class LibsocketLibrary {

  private final NativeLibrary library;

  private LibsocketLibrary(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Looks a loaded library over without calling it.
   *
   * @throws UnfitException with the reason when it cannot be used
   */
  static LibsocketLibrary examine(NativeLibrary library) throws UnfitException {
    for (String function : Libsocket.FUNCTIONS) {
      if (!has(library, function)) {
        throw new UnfitException("is not libsocket: it lacks the function " + function);
      }
    }
    return new LibsocketLibrary(library);
  }

  private static boolean has(NativeLibrary library, String function) {
    try {
      return library.getGlobalVariableAddress(function) != null;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** Binds the functions, so that they can be called. */
  void bind() {
    Libsocket.bind(library);
  }

  @Override
  public String toString() {
    File file = library.getFile();
    return "libsocket (" + (file == null ? library.getName() : file) + ")";
  }
}
