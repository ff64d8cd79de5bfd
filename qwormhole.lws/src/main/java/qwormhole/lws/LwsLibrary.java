package qwormhole.lws;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A loaded library that has been found fit, without having called more of it than its version: a
 * wrong idea of its structures would end the process.
 */
final class LwsLibrary {

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

  private static final String[] NEEDED = {
    "lws_set_log_level",
    "lws_create_context",
    "lws_context_destroy",
    "lws_context_user",
    "lws_get_vhost_by_name",
    "lws_adopt_descriptor_vhost",
    "lws_set_wsi_user",
    "lws_service",
    "lws_cancel_service",
    "lws_callback_on_writable",
    "lws_rx_flow_control",
    "lws_set_timeout",
    "lws_callback_http_dummy",
  };

  /** What comes with the parts that the known layouts are those of: client, WebSocket, HTTP/1. */
  private static final String[] EXPECTED = {
    "lws_client_connect_via_info", "lws_is_final_fragment", "lws_hdr_copy",
  };

  private final NativeLibrary library;
  private final String version;
  private final String file;
  private final Layout layout;

  private LwsLibrary(NativeLibrary library, String version, String file, Layout layout) {
    this.library = library;
    this.version = version;
    this.file = file;
    this.layout = layout;
  }

  /**
   * Looks a loaded library over.
   *
   * @throws UnfitException with the reason when it cannot be used
   */
  static LwsLibrary examine(NativeLibrary library) throws UnfitException {
    String version = version(library);
    for (String symbol : NEEDED) {
      if (!has(library, symbol)) {
        throw new UnfitException("version " + version + " lacks the function " + symbol);
      }
    }
    for (String symbol : EXPECTED) {
      if (!has(library, symbol)) {
        throw new UnfitException("version " + version + " is built without " + symbol);
      }
    }
    boolean tls = has(library, "lws_tls_cert_updated");
    if (tls && !has(library, "OPENSSL_init_ssl")) {
      throw new UnfitException("version " + version + " is built with another TLS than OpenSSL");
    }
    String file = MappedFile.of(address(library, "lws_create_context"));
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new UnfitException("version \"" + version + "\" cannot be understood");
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    Layout layout =
        Layout.of(major, minor, tls, MappedFile.contains(file, "lws_protocol_plugin"))
            .orElseThrow(
                () ->
                    new UnfitException(
                        "version " + version + " is not supported; 4.1 to 4.5 and 5.0 are"));
    return new LwsLibrary(library, version, file, layout);
  }

  private static String version(NativeLibrary library) throws UnfitException {
    if (!has(library, "lws_get_library_version")) {
      throw new UnfitException("is not libwebsockets: it lacks lws_get_library_version");
    }
    String version = library.getFunction("lws_get_library_version").invokeString(null, false);
    if (version == null) {
      throw new UnfitException("tells no version");
    }
    // Untrusted enough: it becomes part of a message.
    String plain = version.replaceAll("[^0-9A-Za-z.+-]", "?");
    String cut = plain.substring(0, Math.min(plain.length(), 60));
    return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut; // Debian says "4.1.6-"
  }

  private static boolean has(NativeLibrary library, String symbol) {
    try {
      return library.getGlobalVariableAddress(symbol) != null;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static long address(NativeLibrary library, String function) {
    Function found = library.getFunction(function);
    return Pointer.nativeValue(found);
  }

  /** Binds the functions, so that contexts can be created. */
  void bind() {
    Lws.bind(library);
  }

  Layout layout() {
    return layout;
  }

  /** The callback that does nothing, of the library itself: calls to it do not cost a way to Java. */
  long dummyCallback() {
    return address(library, "lws_callback_http_dummy");
  }

  @Override
  public String toString() {
    return "libwebsockets " + version + " (" + file + ")";
  }
}
