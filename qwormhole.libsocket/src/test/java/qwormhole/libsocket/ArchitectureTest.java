package qwormhole.libsocket;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import qwormhole.api.tck.ProviderArchitecture;

class ArchitectureTest extends ProviderArchitecture {
  ArchitectureTest() {
    super(LibsocketTransportProvider.class);
  }

  @Test
  void theProviderItselfKnowsNothingOfJna() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..")
        .check(
            new ClassFileImporter().importClasses(LibsocketTransportProvider.class, Backend.class));
  }
}
