package qwormhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        "--mode nonsense           | unknown mode 'nonsense': choose all, bare, or <server>:<client>",
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
        .contains("run", "baseline", "providers", "selftest", "Exit codes", "  2 ")
        .doesNotContain("child");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : new String[] {"run", "baseline", "providers", "selftest"}) {
      assertThat(execute(command, "--help")).isEqualTo(ExitCodes.OK);
    }
  }

  private int execute(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
