package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import qwormhole.bench.load.UnavailableException;

/**
 * A child's main loop: one command in, one event out. A thread of its own watches standard input all
 * the time and ends the process when the parent is gone.
 */
public final class ChildMain {
  private static final int ORPHANED = 3;

  private final Role role;
  private final PrintStream out;
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();

  /** A child for one side; {@code out} is the real standard output, which nothing else may use. */
  public ChildMain(Role role, PrintStream out) {
    this.role = role;
    this.out = out;
  }

  /** Serves the parent until it says close; returns the exit code. */
  public int run() {
    Thread watcher = new Thread(this::watchParent, "parent-watch");
    watcher.setDaemon(true);
    watcher.start();
    try (Session session = session()) {
      while (true) {
        ObjectNode command = Lines.read(commands.take());
        if (command.get("kind").asText().equals("close")) {
          break;
        }
        tell(answer(session, command));
      }
    } catch (IOException | InterruptedException e) {
      tell(Lines.of("failed").put("message", String.valueOf(e.getMessage())));
      return 1;
    }
    tell(Lines.of("closed"));
    return 0;
  }

  private Session session() {
    return switch (role) {
      case SERVER, CLIENT -> new LoadSession(role);
      case FALLBACK_SERVER, FALLBACK_CLIENT -> new FallbackSession(role);
    };
  }

  private static ObjectNode answer(Session session, ObjectNode command) {
    try {
      return session.handle(command);
    } catch (UnavailableException e) {
      return Lines.of("unavailable").put("message", e.getMessage());
    } catch (IOException e) {
      return Lines.of("failed").put("message", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      e.printStackTrace();
      return Lines.of("failed").put("message", e.toString());
    }
  }

  private void tell(ObjectNode event) {
    out.println(Lines.write(event));
    out.flush();
  }

  private void watchParent() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      System.err.println("the parent's pipe broke: " + e.getMessage());
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
