package qwormhole.lws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import qwormhole.api.tck.ProviderArchitecture;

class ArchitectureTest extends ProviderArchitecture {
  ArchitectureTest() {
    super(LwsTransportProvider.class);
  }

  @Test
  void theProviderItselfKnowsNothingOfJna() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..")
        .check(new ClassFileImporter().importClasses(LwsTransportProvider.class, Backend.class));
  }
}
