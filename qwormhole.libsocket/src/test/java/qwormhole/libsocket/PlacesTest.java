package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

  @TempDir Path folder;

  @Test
  void withoutASettingTheSystemIsAsked() {
    Places places = Places.of(Map.<String, String>of()::get);
    assertThat(places.setting()).isNull();
    assertThat(places.names()).containsExactly("libsocket.so");
  }

  @Test
  void theSettingForTheLibraryIsTheOnlyPlace() {
    String file = folder.resolve("libsocket.so").toString();
    assertThat(places("QWORMHOLE_LIBSOCKET_PATH", folder.toString()).names()).containsExactly(file);
    assertThat(places("QWORMHOLE_LIBSOCKET_PATH", file).names()).containsExactly(file);
    assertThat(places("QWORMHOLE_LIBSOCKET_PATH", file).setting())
        .isEqualTo("QWORMHOLE_LIBSOCKET_PATH");
    String other = folder.resolve("libmine.so").toString();
    assertThat(places("QWORMHOLE_LIBSOCKET_PATH", other).names()).containsExactly(other);
  }

  @Test
  void theSettingForAllLibrariesComesFirst() {
    String file = folder.resolve("libsocket.so").toString();
    assertThat(places("QWORMHOLE_NATIVE_PATH", folder.toString()).names())
        .containsExactly(file, "libsocket.so");
    assertThat(places("QWORMHOLE_NATIVE_PATH", file).names()).containsExactly(file, "libsocket.so");
  }

  @Test
  void aFileOfAnotherProviderOrProjectIsNoPlace() {
    for (String name : new String[] {"libwebsockets.so.17", "libsocket++.so", "libsocket++.so.1"}) {
      assertThat(places("QWORMHOLE_NATIVE_PATH", folder.resolve(name).toString()).names())
          .containsExactly("libsocket.so");
    }
  }

  @Test
  void anEmptySettingIsNone() {
    assertThat(places("QWORMHOLE_LIBSOCKET_PATH", " ").names()).containsExactly("libsocket.so");
    assertThat(places("QWORMHOLE_NATIVE_PATH", "").names()).containsExactly("libsocket.so");
  }

  private static Places places(String variable, String value) {
    return Places.of(Map.of(variable, value)::get);
  }
}
