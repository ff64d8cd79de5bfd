package qwormhole.api.internal.handshake;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Node.js that answers each line on its standard input with one on its standard output. */
final class NodeProcess {
  private NodeProcess() {}

  /** Runs a script over lines, in one process; aborts the test where there is no Node.js. */
  static List<String> answers(String script, List<String> lines) throws Exception {
    Process node;
    try {
      node =
          new ProcessBuilder("node", "-e", script)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException missing) {
      abort("node is not on this machine: " + missing.getMessage());
      return List.of();
    }
    try {
      CompletableFuture<List<String>> answers = CompletableFuture.supplyAsync(() -> read(node));
      try (BufferedWriter in =
          new BufferedWriter(
              new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8))) {
        for (String line : lines) {
          in.write(line);
          in.write('\n');
        }
      }
      return answers.get(60, TimeUnit.SECONDS);
    } finally {
      node.destroyForcibly();
    }
  }

  private static List<String> read(Process node) {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      return out.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
