package qwormhole.api.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.tck.endpoint.TalkativeProcess;

/** What a process logs, at the finest level: rows 40 and 41 of the fault matrix. */
interface LogOutputConformance extends OwnProcess {

  @Test
  default void nothingThatIsLoggedHoldsASecretOrAPeersControlCharacters() throws IOException {
    List<String> output = new ArrayList<>();
    String all = "exec 2>&1; export JAVA_TOOL_OPTIONS=-Dtinylog.level@qwormhole=trace; ";
    try (ChildJvm child = run(all, TalkativeProcess.class)) {
      for (String line = child.line(); line != null; line = child.line()) {
        output.add(line);
      }
    }

    assertThat(output).contains("over");
    assertThat(output).as("something is logged").anyMatch(line -> line.contains("DEBUG"));
    byte[] seed = TalkativeProcess.SEED.getBytes(US_ASCII);
    assertThat(output)
        .allSatisfy(
            line ->
                assertThat(line)
                    .doesNotContain("CANARY", "${jndi", "\u001b", "\"token\"", "\"proof\"")
                    .doesNotContain(Base64.getEncoder().encodeToString(seed).substring(0, 20))
                    .doesNotContain(HexFormat.of().formatHex(seed).substring(0, 20))
                    .doesNotStartWith("ERROR forged"));
    assertThat(output)
        .filteredOn(line -> line.contains("WARN"))
        .as("a flood of one cause makes no flood of warnings")
        .hasSizeLessThan(20);
  }
}
