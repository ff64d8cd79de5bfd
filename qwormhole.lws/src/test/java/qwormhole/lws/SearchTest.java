package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that are not there or not fit are a reason, never a crash. The fakes are compiled. */
@EnabledOnOs(OS.LINUX)
class SearchTest {

  private static final List<String> FUNCTIONS =
      List.of(
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
          "lws_client_connect_via_info",
          "lws_is_final_fragment",
          "lws_hdr_copy");

  @TempDir Path folder;

  @Test
  void missing() {
    assertUnfit(folder.resolve("nowhere.so"), "not found", "nowhere.so", "QWORMHOLE_LWS_PATH");
    assertUnfit(folder, "not found", folder.resolve("libwebsockets.so").toString());
  }

  @Test
  void aPackageIsNamed() {
    assertUnfit(folder, "libwebsockets17");
  }

  @Test
  void noLibraryAtAll() throws Exception {
    Path file = folder.resolve("libwebsockets.so.17");
    Files.writeString(file, "not a library");
    assertUnfit(file, "cannot be loaded", "libwebsockets.so.17");
  }

  @Test
  void anotherArchitecture() throws Exception {
    Path file = fake("libwebsockets.so.17", "4.1.6", FUNCTIONS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[18] = 21; // e_machine: PowerPC
    bytes[19] = 0;
    Files.write(file, bytes);
    assertUnfit(file, "cannot be loaded");
  }

  @Test
  void anotherLibrary() throws Exception {
    Path file = CCompiler.compile(folder, "libother.so", "int x;", "-shared", "-fPIC");
    assertUnfit(file, "is not libwebsockets");
  }

  @Test
  void versionsThatAreNotKnown() throws Exception {
    assertUnfit(fake("libold.so", "4.0.20-debian", FUNCTIONS), "4.0.20-debian is not supported");
    assertUnfit(fake("libnew.so", "6.2.0", FUNCTIONS), "6.2.0 is not supported");
    assertUnfit(fake("libodd.so", "v4\\n'1", FUNCTIONS), "\"v4??1\" cannot be understood");
  }

  @Test
  void aMissingFunction() throws Exception {
    for (String function : List.of("lws_adopt_descriptor_vhost", "lws_hdr_copy")) {
      List<String> without = FUNCTIONS.stream().filter(name -> !name.equals(function)).toList();
      assertUnfit(fake("lib" + function + ".so", "4.1.6", without), function);
    }
  }

  @Test
  void anotherTls() throws Exception {
    List<String> tls =
        java.util.stream.Stream.concat(
                FUNCTIONS.stream(), java.util.stream.Stream.of("lws_tls_cert_updated"))
            .toList();
    assertUnfit(fake("libtls.so", "4.1.6", tls), "another TLS");
  }

  @Test
  void theFitOneOfAFolderIsTaken() throws Exception {
    fake("libwebsockets.so.18", "4.9.0", FUNCTIONS);
    fake("libwebsockets.so.17", "4.1.6", FUNCTIONS);
    LwsLibrary found = search(folder).run();
    assertThat(found).asString().contains("4.1.6").contains("libwebsockets.so.17");
    assertThat(found.layout()).isEqualTo(Layout.of(4, 1, false, false).orElseThrow());
  }

  @Test
  void aBuildWithPluginsIsLaidOutInAnotherWay() throws Exception {
    Path file =
        fake("libplugins.so", "4.3.5", FUNCTIONS, "const char *klass = \"lws_protocol_plugin\";");
    assertThat(search(file).run().layout()).isEqualTo(Layout.of(4, 3, false, true).orElseThrow());
  }

  private void assertUnfit(Path path, String... words) {
    assertThatThrownBy(() -> search(path).run())
        .isInstanceOf(UnfitException.class)
        .message()
        .doesNotContain("\n")
        .contains(words);
  }

  private static Search search(Path path) {
    return new Search(Places.of(Map.of("QWORMHOLE_LWS_PATH", path.toString())::get));
  }

  /** Has the names of functions, none of which may be called but the version's. */
  private Path fake(String name, String version, List<String> functions, String... more)
      throws Exception {
    StringBuilder source = new StringBuilder("#include <stdlib.h>\n");
    source.append("const char *lws_get_library_version(void) { return \"" + version + "\"; }\n");
    functions.forEach(each -> source.append("void " + each + "(void) { abort(); }\n"));
    source.append(String.join("\n", more));
    return CCompiler.compile(folder, name, source.toString(), "-shared", "-fPIC");
  }
}
