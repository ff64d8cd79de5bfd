package qwormhole.bench;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import qwormhole.bench.process.ChildMain;
import qwormhole.bench.process.Role;

/** {@code child server} and {@code child client}: started by the bench itself. */
@Command(name = "child", hidden = true, description = "One side of a measurement.")
final class ChildCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<role>", description = "${COMPLETION-CANDIDATES}")
  private Role role;

  @Override
  public Integer call() {
    PrintStream protocol = System.out;
    System.setOut(System.err);
    return new ChildMain(role, protocol).run();
  }
}
