package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the fields lie: by the table, and by the headers where they are installed. */
class LayoutTest {

  private static final String OFFSETS =
      """
      #include <libwebsockets.h>
      #include <stddef.h>
      #include <stdio.h>
      #define AT(f) (int)offsetof(struct lws_context_creation_info, f)
      int main(void) {
      #if defined(LWS_WITH_TLS)
        int tls = 1;
      #else
        int tls = 0;
      #endif
      #if defined(LWS_WITH_PLUGINS)
        int plugins = 1;
      #else
        int plugins = 0;
      #endif
        printf("%d %d %d %d %d %d %d %d %d %d %d %d %d %d %d\\n",
            LWS_LIBRARY_VERSION_MAJOR, LWS_LIBRARY_VERSION_MINOR, tls, plugins,
            AT(protocols), AT(port), AT(user),
            AT(fd_limit_per_thread), AT(vhost_name), AT(pt_serv_buf_size),
            (int)sizeof(struct lws_context_creation_info), (int)sizeof(struct lws_protocols),
            (int)offsetof(struct lws_protocols, name),
            (int)offsetof(struct lws_protocols, callback), LWS_PRE);
        printf("%d %d %d %d %d %d %d %d %d\\n",
            LWS_CALLBACK_RAW_RX, LWS_CALLBACK_RAW_CLOSE, LWS_CALLBACK_RAW_WRITEABLE,
            LWS_CALLBACK_RAW_RX_FILE, LWS_CALLBACK_RAW_CLOSE_FILE,
            LWS_ADOPT_RAW_FILE_DESC, LWS_ADOPT_SOCKET, PENDING_TIMEOUT_USER_REASON_BASE,
            LWS_TO_KILL_SYNC);
        return 0;
      }
      """;

  @TempDir Path folder;

  @Test
  void theTableAgreesWithTheInstalledHeaders() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/usr/include/libwebsockets.h")),
        "the headers are not installed (package libwebsockets-dev)");
    Path program = CCompiler.compile(folder, "offsets", OFFSETS);
    int[] told = numbers(CCompiler.output(List.of(program.toString())));
    Layout layout = Layout.of(told[0], told[1], told[2] == 1, told[3] == 1).orElseThrow();
    assertThat(layout).isEqualTo(new Layout(told[4], told[5], told[6], told[7], told[8], told[9]));
    assertThat(told[10]).as("size of the structure").isLessThanOrEqualTo(Layout.ROOM);
    assertThat(Arrays.copyOfRange(told, 11, 15))
        .containsExactly(
            Layout.PROTOCOL_BYTES, Layout.PROTOCOL_NAME, Layout.PROTOCOL_CALLBACK, Lws.PRE);
    assertThat(Arrays.copyOfRange(told, 15, told.length))
        .containsExactly(
            Lws.CALLBACK_RAW_RX,
            Lws.CALLBACK_RAW_CLOSE,
            Lws.CALLBACK_RAW_WRITEABLE,
            Lws.CALLBACK_RAW_RX_FILE,
            Lws.CALLBACK_RAW_CLOSE_FILE,
            Lws.ADOPT_RAW_FILE,
            Lws.ADOPT_RAW_SOCKET,
            Lws.TIMEOUT_OF_USER,
            Lws.KILL_SYNC);
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, true, false, 440, 452, 456, 472",
    "4, 1, false, false, 192, 204, 208, 224",
    "4, 2, true, false, 448, 460, 464, 480",
    "4, 3, true, true, 448, 460, 464, 488",
    "4, 5, true, false, 448, 460, 464, 480",
    "5, 0, true, false, 464, 476, 480, 496",
  })
  void knownVersions(
      int major,
      int minor,
      boolean tls,
      boolean plugins,
      int user,
      int limit,
      int name,
      int buffer) {
    assertThat(Layout.of(major, minor, tls, plugins))
        .contains(new Layout(8, 96, user, limit, name, buffer));
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "4, 0", "4, 6", "5, 1", "6, 0"})
  void unknownVersionsHaveNone(int major, int minor) {
    assertThat(Layout.of(major, minor, true, false)).isEmpty();
  }
}
