package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import qwormhole.bench.load.Limits;

/** A child process as its parent sees it: a command goes out, an event comes back in time. */
final class Child implements Peer {
  private final Role role;
  private final Process process;
  private final Writer in;
  private final BlockingQueue<Optional<String>> events = new LinkedBlockingQueue<>();
  private volatile String lastWords = "";

  Child(Role role, Process process) {
    this.role = role;
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    pump(process.getInputStream(), "out", line -> events.add(Optional.of(line)));
    pump(process.getErrorStream(), "err", this::relay);
  }

  private void relay(String line) {
    lastWords = line;
    System.err.println("[" + role.id() + "] " + line);
  }

  private void pump(InputStream stream, String name, Consumer<String> sink) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(sink);
              } catch (IOException | RuntimeException e) {
                lastWords = e.getMessage();
              }
              if (name.equals("out")) {
                events.add(Optional.empty());
              }
            },
            role.id() + "-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public ObjectNode ask(ObjectNode command, String expected, Duration deadline) throws IOException {
    try {
      in.write(Lines.write(command) + "\n");
      in.flush();
    } catch (IOException e) {
      throw death();
    }
    return Answers.expect(role.id(), Lines.read(next(command, deadline)), expected);
  }

  private String next(ObjectNode command, Duration deadline) throws IOException {
    try {
      Optional<String> line = events.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new ChildFailure(
            "the %s did not answer '%s' within %d s"
                .formatted(role.id(), command.get("kind").asText(), deadline.toSeconds()));
      }
      return line.orElseThrow(this::death);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChildFailure("interrupted");
    }
  }

  @Override
  public boolean died() {
    try {
      return process.waitFor(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public ChildFailure death() {
    String end = died() ? "exit code " + process.exitValue() : "its output was closed";
    return new ChildFailure(
        "the %s process died: %s%s"
            .formatted(role.id(), end, lastWords.isEmpty() ? "" : "; it last said: " + lastWords));
  }

  @Override
  public void close() {
    try {
      in.write(Lines.write(Lines.of("close")) + "\n");
      in.flush();
      if (process.waitFor(Limits.CLOSE.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It is gone, or will be in a moment.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
