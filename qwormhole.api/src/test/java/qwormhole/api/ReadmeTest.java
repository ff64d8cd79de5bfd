package qwormhole.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README shows the code of the examples, which are compiled and run. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(strings = {"EchoServer", "EchoClient"})
  void theReadmeShowsTheExampleAsItIs(String example) throws IOException {
    List<String> source = Files.readAllLines(ROOT.resolve("examples/" + example + ".java"));
    int main = source.indexOf(source.stream().filter(l -> l.contains(" main(")).findFirst().get());
    String body =
        String.join(
            "\n",
            source.subList(main + 1, source.size() - 2).stream()
                .map(line -> line.substring(Math.min(4, line.length())))
                .toList());

    assertThat(body.lines().count()).isBetween(3L, 12L);
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + body + "\n```");
  }
}
