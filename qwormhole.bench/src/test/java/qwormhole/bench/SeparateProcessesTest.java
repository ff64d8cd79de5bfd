package qwormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.bench.report.ResultSchema;

/** The bench as its users run it: from the module path, with two more processes beneath it. */
@Timeout(240)
class SeparateProcessesTest {
  /** A round that a test ends, since it would take hours. */
  private static final String ENDLESS =
      "run --mode=java --workload=stream --messages=2000000000 --warmup=0 --repeats=1 --no-progress";

  @TempDir private Path folder;

  @Test
  void measuresBothWorkloadsAgainstTheBarePair() throws Exception {
    Path json = folder.resolve("out.json");
    Process bench =
        start(
            "run --workload=stream,pingpong --size=64 --messages=2000 --warmup=0 --repeats=1"
                + " --mode=java --baseline --no-progress --json="
                + json);
    JsonNode rows = resultOf(bench, json).get("rows");
    assertThat(rows).hasSize(4);
    for (JsonNode row : rows) {
      assertThat(row.get("received").asLong()).isEqualTo(2_000);
      assertThat(row.get("decoded").asLong()).isEqualTo(2_000);
      assertThat(row.at("/messagesPerSecond/median").asDouble()).isPositive();
    }
    assertThat(rows.findValuesAsText("mode"))
        .containsExactly("bare", "java:java", "bare", "java:java");
    assertThat(rows.at("/1/ratios/0/pairs")).hasSize(1);
    assertThat(rows.at("/3/latencyNanos/p50").asLong()).isPositive();
  }

  /** What no sample that somebody wrote can show: that the schema fits what runs really leave. */
  @Test
  void aResultOfEveryWorkloadIsAsTheSchemaHasIt() throws Exception {
    Path json = folder.resolve("all.json");
    Path csv = folder.resolve("all.csv");
    Process bench =
        start(
            "run --workload=all --mode=java --size=64 --clients=2 --messages=100 --warmup=0"
                + " --repeats=1 --no-progress --markdown --csv="
                + csv
                + " --json="
                + json);
    JsonNode result = resultOf(bench, json);
    assertThat(result.get("rows")).hasSize(6);
    assertThat(result.get("rows"))
        .allSatisfy(row -> assertThat(row.get("skipped").asBoolean()).isFalse());
    assertThat(csv).content().hasLineCount(7);
    for (String command : List.of("report", "history")) {
      Path page = folder.resolve(command + ".html");
      assertThat(Main.commandLine().execute(command, json.toString(), "--output=" + page))
          .isEqualTo(ExitCodes.OK);
      assertThat(page).content().contains("broadcast", "java:java");
    }
    assertThat(Main.commandLine().execute("compare", json.toString(), json.toString()))
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void theYardsticksResultIsAsTheSchemaHasIt() throws Exception {
    Path json = folder.resolve("baseline.json");
    Process bench =
        start(
            "baseline --workload=pingpong,connect --messages=100 --warmup=0 --repeats=1"
                + " --no-progress --json="
                + json);
    JsonNode result = resultOf(bench, json);
    assertThat(result.at("/rows/0/mode").asText()).isEqualTo("bare");
    assertThat(result.at("/rows/1/reason").asText()).isEqualTo("bare has no connect");
  }

  private static JsonNode resultOf(Process bench, Path json) throws Exception {
    assertThat(bench.waitFor(200, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.exitValue()).as(output(bench)).isZero();
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(ResultSchema.problems(result)).isEmpty();
    return result;
  }

  @Test
  void aKilledServerFailsItsRowAndLeavesNoProcess() throws Exception {
    Process bench = start(ENDLESS);
    ProcessHandle server =
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> child(bench, "server"), handle -> handle != null && isReceiving(handle));
    List<ProcessHandle> children = bench.children().toList();
    server.destroyForcibly();
    assertThat(bench.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.exitValue()).isEqualTo(ExitCodes.FAILED);
    assertThat(output(bench)).contains("the server process died: exit code 137");
    assertAllGone(children);
  }

  @Test
  void aKilledBenchLeavesNoProcess() throws Exception {
    Process bench = start(ENDLESS);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> child(bench, "client") != null && child(bench, "server") != null);
    List<ProcessHandle> children = bench.children().toList();
    bench.destroyForcibly();
    assertAllGone(children);
  }

  /** By the signal of a polite kill: a shell may have let what it runs ignore that of Ctrl-C. */
  @Test
  void anInterruptedRunPrintsAndWritesWhatItHas() throws Exception {
    Path json = folder.resolve("part.json");
    Process bench =
        start(
            "run --mode=java --workload=stream --messages=100 --warmup=0 --repeats=1000"
                + " --no-progress --json="
                + json);
    ProcessHandle first = awaitServer(bench, null);
    awaitServer(bench, first);
    List<ProcessHandle> children = bench.children().toList();
    bench.toHandle().destroy(); // Process.destroy would close its output too
    assertThat(bench.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = output(bench);
    assertThat(bench.exitValue()).as(output).isEqualTo(143);
    assertThat(output).contains("interrupted: what was complete by then").contains("java:java ");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(ResultSchema.problems(result)).isEmpty();
    assertThat(result.get("interrupted").asBoolean()).isTrue();
    assertThat(result.at("/rows/0/repeats").asInt()).isBetween(1, 999);
    assertAllGone(children);
  }

  @Test
  void theTwoHalvesMeetOverASocket() throws Exception {
    Path json = folder.resolve("remote.json");
    Process serve = start("serve --port=0");
    BufferedReader told = serve.inputReader(StandardCharsets.UTF_8);
    String serving = told.readLine();
    assertThat(serving).startsWith("serving on 127.0.0.1, port ");
    Process load =
        start(
            "load --host=127.0.0.1 --mode=java --workload=stream,broadcast --clients=2"
                + " --messages=500 --repeats=1 --warmup=0 --signed --tls --resume --no-progress --port="
                + serving.replaceAll(".* ", "")
                + " --json="
                + json);
    assertThat(load.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(load.exitValue()).as(output(load)).isZero();
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(ResultSchema.problems(result)).isEmpty();
    assertThat(result.at("/conditions/network").asText()).isEqualTo("remote");
    assertThat(result.at("/conditions/server/cores").asInt()).isPositive();
    for (JsonNode row : result.get("rows")) {
      assertThat(row.get("received").asLong()).isEqualTo(1_000);
      assertThat(row.get("tls").asBoolean()).isTrue();
      assertThat(row.get("resume").asBoolean()).isTrue();
      assertThat(row.has("latencyNanos")).as("two clocks tell no time between them").isFalse();
    }
    List<ProcessHandle> all = new ArrayList<>(serve.descendants().toList());
    all.add(serve.toHandle());
    serve.destroy();
    assertAllGone(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --resume"})
  void clientsComeBackWhenATransportIsKilled(String sessions) throws Exception {
    Path json = folder.resolve("fallback.json");
    Process bench =
        start(
            "fallback --provider=lws --clients=8 --seconds=0.3 --no-progress"
                + sessions
                + " --json="
                + json);
    JsonNode fallbacks = resultOf(bench, json).get("fallbacks");
    assertThat(fallbacks.findValuesAsText("killed")).containsExactly("server", "client");
    for (JsonNode fallback : fallbacks) {
      assumeFalse(fallback.get("skipped").asBoolean(), fallback.path("reason").asText());
      assertThat(fallback.get("modeAfter").asText()).isEqualTo("java:java");
      assertThat(fallback.get("lost").asLong()).isZero();
      assertThat(fallback.get("doubled").asLong()).isZero();
      assertThat(fallback.get("echoed").asLong()).isPositive();
      if (!sessions.isEmpty()) {
        assertThat(fallback.get("unknown").asLong()).isZero();
        assertThat(fallback.get("echoed").asLong()).isEqualTo(fallback.get("sent").asLong());
      }
      assertThat(fallback.get("allEchoNanos").asLong())
          .isGreaterThanOrEqualTo(fallback.get("firstEchoNanos").asLong());
    }
  }

  /** A server's process, other than that of the repeat before. */
  private static ProcessHandle awaitServer(Process bench, ProcessHandle before) {
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> child(bench, "server"), one -> one != null && !one.equals(before));
  }

  private static void assertAllGone(List<ProcessHandle> children) {
    assertThat(children).isNotEmpty();
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  /** Starting up takes less processor time than this, and only the round takes more. */
  private static boolean isReceiving(ProcessHandle server) {
    return server
        .info()
        .totalCpuDuration()
        .map(used -> used.compareTo(Duration.ofSeconds(4)) > 0)
        .orElse(false);
  }

  private static ProcessHandle child(Process bench, String role) {
    return bench
        .children()
        .filter(handle -> handle.info().commandLine().orElse("").endsWith("child " + role))
        .findFirst()
        .orElse(null);
  }

  private static Process start(String arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-p", modulePath(), "-m", "qwormhole.bench/qwormhole.bench.Main"));
    command.addAll(List.of(arguments.split(" ")));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** What this test runs with, runtime dependencies included, but for the tests themselves. */
  private static String modulePath() {
    return Stream.of("jdk.module.path", "java.class.path")
        .map(name -> System.getProperty(name, ""))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty() && !entry.endsWith("test-classes"))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
