package qwormhole.bench.process;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts children and leaves none behind: they are destroyed when this JVM ends, and end by
 * themselves when it is killed.
 */
final class Children implements AutoCloseable {
  private final Set<Process> processes = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private final Thread hook = new Thread(this::destroyAll, "destroy-children");

  /** Watches over children from now on. */
  Children() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Child start(Role role) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(role));
    // What it says is on the command line already, and the launcher would announce it.
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    processes.add(process);
    if (closed) {
      process.destroyForcibly();
    }
    var unused = process.onExit().thenAccept(processes::remove);
    return new Child(role, process);
  }

  private void destroyAll() {
    closed = true;
    processes.forEach(Process::destroyForcibly);
  }

  /** Ends all at once, those included that are started later. Any thread; idempotent. */
  @Override
  public void close() {
    destroyAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook is doing this.
    }
  }
}
