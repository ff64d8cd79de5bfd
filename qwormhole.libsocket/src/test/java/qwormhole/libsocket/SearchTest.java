package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that are not there or not fit are a reason, never a crash. The fakes are compiled. */
@EnabledOnOs(OS.LINUX)
class SearchTest {

  private static final List<String> FUNCTIONS = List.of(Libsocket.FUNCTIONS);

  @TempDir Path folder;

  @Test
  void missing() {
    Path file = folder.resolve("nowhere.so");
    assertUnfit(
        file, "not found: " + file, "named by QWORMHOLE_LIBSOCKET_PATH", "install libsocket");
    assertUnfit(folder, "not found: " + folder.resolve("libsocket.so"));
  }

  @Test
  void missingEverywhere() {
    // A name that no machine has, where the plain one may be there.
    assertThatThrownBy(() -> new Search(new Places(List.of("libsocket-nowhere.so"), null)).run())
        .isInstanceOf(UnfitException.class)
        .hasMessageContainingAll(
            "not found: libsocket-nowhere.so in jna.library.path and the system's library path",
            "QWORMHOLE_LIBSOCKET_PATH");
  }

  @Test
  void noLibraryAtAll() throws Exception {
    Path file = folder.resolve("libsocket.so");
    Files.writeString(file, "not a library");
    assertUnfit(file, file + " cannot be loaded: ");
    Files.write(file, new byte[0]);
    assertUnfit(file, file + " cannot be loaded: ");
  }

  @Test
  void aLibraryForAnotherMachine() throws Exception {
    Path file = fake("libsocket.so", FUNCTIONS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[18] = 21; // e_machine: PowerPC
    bytes[19] = 0;
    Files.write(file, bytes);
    assertUnfit(file, file + " cannot be loaded: it is built for another kind of machine");
  }

  @Test
  void aLibraryOf32Bits() throws Exception {
    Path file = fake("libsocket.so", FUNCTIONS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[4] = 1; // EI_CLASS: 32 bits
    Files.write(file, bytes);
    assertUnfit(file, file + " cannot be loaded: ", "ELFCLASS32");
  }

  @Test
  void eachFunctionIsNeeded() throws Exception {
    for (String missing : FUNCTIONS) {
      List<String> others = FUNCTIONS.stream().filter(name -> !name.equals(missing)).toList();
      Path file = fake("lib" + missing + ".so", others);
      assertUnfit(file, file + " is not libsocket: it lacks the function " + missing);
    }
  }

  @Test
  void anotherProjectOfNearlyTheSameNameIsNotLookedAt() throws Exception {
    fake("libsocket++.so.1", FUNCTIONS);
    assertUnfit(folder, "not found: " + folder.resolve("libsocket.so"));
  }

  @Test
  void aFitOneIsTakenAndNamed() throws Exception {
    Path file = fake("libsocket.so", FUNCTIONS);
    assertThat(search(folder).run()).hasToString("libsocket (" + file + ")");
    assertThat(search(file).run()).hasToString("libsocket (" + file + ")");
  }

  @Test
  void otherMachinesAndSystemsAreDeclined() throws Exception {
    Backend.checkMachine("Linux", "amd64");
    Backend.checkMachine("Linux", "aarch64");
    for (String[] other : new String[][] {{"Linux", "i386"}, {"Mac OS X", "aarch64"}}) {
      assertThatThrownBy(() -> Backend.checkMachine(other[0], other[1]))
          .isInstanceOf(UnfitException.class)
          .hasMessageContainingAll("64-bit Linux", other[0], other[1]);
    }
  }

  private static void assertUnfit(Path path, String... words) {
    assertThatThrownBy(() -> search(path).run())
        .isInstanceOf(UnfitException.class)
        .message()
        .doesNotContain("\n")
        .contains(words);
  }

  private static Search search(Path path) {
    return new Search(Places.of(Map.of("QWORMHOLE_LIBSOCKET_PATH", path.toString())::get));
  }

  /** Has the names of functions, none of which may be called. */
  private Path fake(String name, List<String> functions) throws Exception {
    String source =
        Stream.concat(
                Stream.of("#include <stdlib.h>"),
                functions.stream().map(each -> "void " + each + "(void) { abort(); }"))
            .collect(Collectors.joining("\n", "", "\n"));
    return StandIn.compile(folder, name, source);
  }
}
