package qwormhole.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.bench.load.SideSpec;

/** The two halves on two machines, as far as they talk before a process is started. */
class ControlServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<String> log = new CopyOnWriteArrayList<>();
  private ControlServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new ControlServer(SideSpec.LOOPBACK, 0, 0, List.of("java"), log::add);
    Thread thread =
        new Thread(
            () -> {
              try {
                server.serve();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aBenchOfTheSameVersionIsGreeted() throws IOException {
    try (Site site = Site.remote(SideSpec.LOOPBACK, server.port())) {
      assertThat(site.isLocal()).isFalse();
      assertThat(site.serverProviders()).contains(List.of("java"));
      assertThat(site.serverMachine().orElseThrow().cores()).isPositive();
    }
  }

  @Test
  void aBenchOfAnotherVersionIsTold() throws IOException {
    try (LineSocket line = line()) {
      line.write(Greeting.hello().put("version", "0.0.1"));
      var answer = line.read(SOON);
      assertThat(answer.get("kind").asText()).isEqualTo("refused");
      assertThat(answer.get("message").asText())
          .contains("0.0.1")
          .contains(Machine.benchVersion())
          .contains("run the same version on both");
      assertThat(line.read(SOON)).as("and the connection is closed").isNull();
    }
  }

  @Test
  void onlyOneIsServedAtATime() throws IOException {
    try (LineSocket first = line()) {
      first.write(Greeting.hello());
      assertThat(first.read(SOON).get("kind").asText()).isEqualTo("welcome");
      assertThatThrownBy(() -> Site.remote(SideSpec.LOOPBACK, server.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("serving another bench");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "GET / HTTP/1.1\r\n\r\n", "[]\n", "{\"kind\":1}\n", "{\"kind\":\"open\"}\n"})
  void whatIsNoBenchIsDropped(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("\"welcome\"");
    }
  }

  @Test
  void aLineWithoutEndIsCut() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThatThrownBy(
              () -> {
                byte[] much = new byte[64 * 1024];
                for (int i = 0; i < 1_000; i++) {
                  socket.getOutputStream().write(much);
                }
              })
          .isInstanceOf(IOException.class);
    }
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(String.join("\n", log)).contains("a line of more than"));
  }

  @Test
  void aServerOfAnotherVersionIsAnErrorOfItsOwn() throws Exception {
    String answer = Greeting.hello().put("kind", "welcome").put("version", "9.9.9").toString();
    assertThatThrownBy(() -> remoteThatAnswers(answer + "\n"))
        .isInstanceOf(VersionException.class)
        .hasMessageContaining("9.9.9")
        .hasMessageContaining("run the same version on both");
  }

  @Test
  void whatIsNoServingBenchIsSaidToBeNone() {
    for (String answer : List.of("", "HTTP/1.1 400 Bad Request\r\n", "{\"kind\":\"welcome\"}\n")) {
      assertThatThrownBy(() -> remoteThatAnswers(answer))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(VersionException.class)
          .hasMessageMatching("(?s).*(qwormhole-bench serve|bench's protocol).*");
    }
  }

  /** A site whose server answers so and closes. */
  private static void remoteThatAnswers(String answer) throws Exception {
    try (ServerSocket fake = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = fake.accept()) {
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                  socket.shutdownOutput();
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      try (Site site = Site.remote(SideSpec.LOOPBACK, fake.getLocalPort())) {
        assertThat(site.isLocal()).isFalse();
      }
    }
  }

  private LineSocket line() throws IOException {
    return new LineSocket(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }
}
