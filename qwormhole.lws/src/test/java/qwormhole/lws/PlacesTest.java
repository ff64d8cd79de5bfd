package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

  @TempDir Path folder;

  @Test
  void withoutASettingTheSystemIsAskedForExactVersionsFirst() {
    Places places = Places.of(Map.<String, String>of()::get);
    assertThat(places.setting()).isNull();
    assertThat(places.names()).contains("libwebsockets.so.17").endsWith("libwebsockets.so");
  }

  @Test
  void theSettingForTheLibraryIsTheOnlyPlace() throws Exception {
    Path file = Files.createFile(folder.resolve("libwebsockets.so.19"));
    assertThat(places("QWORMHOLE_LWS_PATH", folder).names()).containsExactly(file.toString());
    assertThat(places("QWORMHOLE_LWS_PATH", file).names()).containsExactly(file.toString());
  }

  @Test
  void theSettingForAllLibrariesComesFirst() throws Exception {
    Path file = Files.createFile(folder.resolve("libwebsockets.so.19"));
    assertThat(places("QWORMHOLE_NATIVE_PATH", folder).names())
        .startsWith(file.toString())
        .endsWith("libwebsockets.so");
  }

  @Test
  void aFileOfAnotherProviderIsNoPlace() {
    Path other = folder.resolve("libsocket.so");
    assertThat(places("QWORMHOLE_NATIVE_PATH", other).names()).doesNotContain(other.toString());
  }

  private static Places places(String variable, Path value) {
    return Places.of(Map.of(variable, value.toString())::get);
  }
}
