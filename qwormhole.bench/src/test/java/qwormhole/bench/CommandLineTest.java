package qwormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 0                  | --size must be 1 to 4194304: 0",
        "--size 64,-1              | --size must be 1 to 4194304: -1",
        "--size 4194305            | --size must be 1 to 4194304: 4194305",
        "--size x                  | --size",
        "--messages -1             | --messages must be 1 to",
        "--messages 0              | --messages must be 1 to",
        "--seconds 0               | --seconds must be over 0",
        "--seconds NaN             | --seconds must be over 0",
        "--messages 1 --seconds 1  | exclude each other",
        "--clients 0               | --clients must be 1 to",
        "--repeats 0               | --repeats must be 1 to",
        "--warmup -1               | --warmup must be 0 to",
        "--clients 10001           | --clients must be 1 to 10000",
        "--clients 1001            | --clients must be 1 to 1000 for stream",
        "--depth 0                 | --depth must be 1 to",
        "--mode nonsense           | unknown mode 'nonsense': choose all, core, native, bare, or",
        "--workload stream,x       | --workload must be all or some of stream, pingpong, pipeline",
        "--workload nonsense       | --workload",
        "--send nonsense           | --send",
        "--json .                  | --json: . is a directory",
        "--json no/such/folder.json| is not a directory",
        "--nonsense                | Unknown option",
      })
  void badInputIsRefusedBeforeAnythingRuns(String arguments, String message) {
    assertThat(execute(("run " + arguments).split(" +"))).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains(message).contains("Try: qwormhole-bench run --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theYardstickChecksItsOptionsToo() {
    assertThat(execute("baseline", "--repeats", "0")).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void helpNamesCommandsAndExitCodesAndHidesTheChildren() {
    assertThat(execute("--help")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains(
            "run",
            "baseline",
            "fallback",
            "serve",
            "load",
            "doctor",
            "selftest",
            "Exit codes",
            "  2 ",
            "  130")
        .doesNotContain("child");
  }

  /** Complaints about a malformed help text go to the process's own standard error. */
  @Test
  void everyCommandHasHelpAndNothingToComplainOf() {
    PrintStream standardError = System.err;
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      Map<String, CommandLine> commands = Main.commandLine().getSubcommands();
      assertThat(commands).hasSizeGreaterThan(10);
      commands.forEach(
          (name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
              assertThat(execute(name, "--help")).as(name).isEqualTo(ExitCodes.OK);
            }
          });
    } finally {
      System.setErr(standardError);
    }
    assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(out.toString()).contains("95 %").doesNotContain("%%").doesNotContain("${");
  }

  @Test
  void theListOfCommandsHasWholeSentences() {
    assertThat(execute("--help")).isEqualTo(ExitCodes.OK);
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      String[] description = command.getCommandSpec().usageMessage().description();
      assertThat(description).allSatisfy(line -> assertThat(line).endsWith("."));
    }
  }

  @Test
  void aCommandThatDoesNotExistIsCalledThat() {
    assertThat(execute("frobnicate")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            qwormhole-bench: there is no command 'frobnicate'
            Try: qwormhole-bench --help
            """);
  }

  @Test
  void anAddressThatCannotBeHadIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(execute("serve", "--port=" + taken.getLocalPort())).isEqualTo(ExitCodes.FAILED);
      assertThat(err.toString())
          .contains("cannot listen on 127.0.0.1, port " + taken.getLocalPort() + ": ");
    }
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    String host = "x".repeat(64); // one letter more than a name may have, so nobody is asked
    assertThat(execute("load", "--host=" + host)).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("there is no host " + host);
  }

  @Test
  void doctorTellsOfEachTransportAndOfTheChoice() throws IOException {
    assertThat(execute("doctor")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .containsPattern("java +priority +\\S+ +available")
        .contains("lws", "libsocket", "a server would use", "a client would use");
    out.getBuffer().setLength(0);
    assertThat(execute("doctor", "--json")).isEqualTo(ExitCodes.OK);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("transports").findValuesAsText("id")).contains("java", "lws", "libsocket");
    for (JsonNode transport : json.get("transports")) {
      boolean available = transport.get("available").asBoolean();
      assertThat(transport.has(available ? "runsOn" : "reason")).isTrue();
    }
    assertThat(json.at("/server/mode").asText()).isNotEmpty();
    assertThat(json.at("/client/rule").asText()).isNotEmpty();
  }

  @Test
  void aRequiredTransportThatIsNotThereIsAnErrorOfItsOwn() {
    assertThat(execute("run", "--mode=core", "--require=telepathy"))
        .isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(err.toString()).contains("required transport telepathy").contains("java");
  }

  @Test
  void loadWithoutAServerSaysSo() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    assertThat(execute("load", "--host=127.0.0.1", "--port=" + port)).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("cannot connect to 127.0.0.1:" + port);
  }

  @Test
  void aServerOfAnotherVersionHasAnExitCodeOfItsOwn() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answer(other));
      thread.setDaemon(true);
      thread.start();
      assertThat(execute("load", "--host=127.0.0.1", "--port=" + other.getLocalPort()))
          .isEqualTo(ExitCodes.VERSION);
    }
    assertThat(err.toString()).contains("9.9.9").contains("run the same version on both");
  }

  private static void answer(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write("{\"kind\":\"welcome\",\"version\":\"9.9.9\"}\n".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--provider=java    | --provider must be some of",
        "--clients=0        | --clients must be 1 to",
        "--size=7           | --size must be 8 to",
        "--seconds=0        | --seconds must be over 0",
        "--depth=0          | --depth must be 1 to",
      })
  void aFallbackThatCannotBeIsRefused(String argument, String message) {
    assertThat(execute("fallback", argument)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains(message);
  }

  private int execute(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
