package qwormhole.libsocket;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** The library that this process uses, found when it is first asked for. */
final class Backend {

  private static final Set<String> MACHINES = Set.of("amd64", "x86_64", "aarch64");

  private static LibsocketLibrary library;

  private Backend() {}

  static Availability availability() {
    try {
      return new Availability.Available(library().toString());
    } catch (UnfitException e) {
      return new Availability.Unavailable(e.getMessage());
    } catch (LinkageError e) {
      return new Availability.Unavailable("JNA cannot be used: " + e, e);
    }
  }

  static Transport open(TransportContext context) throws IOException {
    try {
      library();
      return LibsocketTransport.open(context);
    } catch (UnfitException e) {
      throw new IOException(e.getMessage(), e);
    } catch (LinkageError e) {
      throw new IOException("JNA cannot be used: " + e, e);
    }
  }

  /** What was found once stays; what was not found is looked for again. */
  private static synchronized LibsocketLibrary library() throws UnfitException {
    if (library == null) {
      checkMachine(System.getProperty("os.name", "?"), System.getProperty("os.arch", "?"));
      LibsocketLibrary found = new Search(Places.current()).run();
      found.bind();
      LibC.errno(); // binds the C library
      library = found;
    }
    return library;
  }

  static void checkMachine(String system, String machine) throws UnfitException {
    if (!system.equals("Linux") || !MACHINES.contains(machine.toLowerCase(Locale.ROOT))) {
      throw new UnfitException(
          "libsocket is driven on 64-bit Linux on x86 and ARM only, this is "
              + system
              + " on "
              + machine);
    }
  }
}
