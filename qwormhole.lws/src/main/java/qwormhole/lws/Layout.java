package qwormhole.lws;

import java.util.Optional;

/**
 * Where the fields of {@code lws_context_creation_info} lie that are filled in, on 64-bit Linux.
 * Options of the build move them: without TLS, what comes after its fields lies lower; with
 * plugins, what comes after {@code plugin_dirs} lies higher. Other optional fields come later.
 */
record Layout(
    int protocols, int port, int user, int descriptors, int vhostName, int serviceBufferBytes) {

  /** More than any version's structure, so that nothing behind ours is ever read. */
  static final int ROOM = 1024;

  /** {@code lws_protocols}: an array of them, with a zeroed one at its end. */
  static final int PROTOCOL_BYTES = 56;

  static final int PROTOCOL_NAME = 0;
  static final int PROTOCOL_CALLBACK = 8;

  private static final int TLS_BYTES = 248;
  private static final int PLUGIN_BYTES = 8;

  /** None for versions whose structure is not known. */
  static Optional<Layout> of(int major, int minor, boolean tls, boolean plugins) {
    int user;
    if (major == 4 && minor == 1) {
      user = 440;
    } else if (major == 4 && minor >= 2 && minor <= 5) {
      user = 448;
    } else if (major == 5 && minor == 0) {
      user = 464;
    } else {
      return Optional.empty();
    }
    user -= tls ? 0 : TLS_BYTES;
    return Optional.of(
        new Layout(8, 96, user, user + 12, user + 16, user + 32 + (plugins ? PLUGIN_BYTES : 0)));
  }
}
