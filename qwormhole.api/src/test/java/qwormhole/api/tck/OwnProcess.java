package qwormhole.api.tck;

import java.io.IOException;

/** What the tests of one topic stand on that need a process of their own. */
interface OwnProcess {

  /**
   * Runs a main class; its first argument is the id of the provider under test.
   *
   * @param shell commands of a shell to run before
   */
  ChildJvm run(String shell, Class<?> main) throws IOException;
}
