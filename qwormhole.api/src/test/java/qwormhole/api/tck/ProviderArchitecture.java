package qwormhole.api.tck;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.TransportProvider;

/**
 * What a provider may know of the core: the SPI and the error codes. A provider's test extends this
 * and names one of its classes.
 */
public abstract class ProviderArchitecture {
  private final JavaClasses classes;

  /**
   * Reads all classes that lie beside the provider's.
   *
   * @param provider the provider under test
   */
  protected ProviderArchitecture(Class<? extends TransportProvider> provider) {
    classes =
        new ClassFileImporter()
            .importUrl(provider.getProtectionDomain().getCodeSource().getLocation());
    assertThat(classes).anyMatch(type -> type.isEquivalentTo(provider));
  }

  @Test
  void aProviderSaysInAnAnnotationWhatItIsCalled() {
    classes()
        .that()
        .implement(TransportProvider.class)
        .should()
        .beAnnotatedWith(ProviderInfo.class)
        .check(classes);
  }

  @Test
  void aProviderMovesBytesAndKnowsNothingOfTheCore() {
    noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "are of the core, neither SPI nor errors",
                type ->
                    type.getPackageName().startsWith("qwormhole.api")
                        && !type.getPackageName().equals("qwormhole.api.spi")
                        && !type.getPackageName().equals("qwormhole.api.error")))
        .check(classes);
  }

  /** Whoever looks for providers constructs them, also where no native library may be touched. */
  @Test
  void constructingAProviderTouchesNoNativeLibrary() {
    noClasses()
        .that()
        .implement(TransportProvider.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(classes);
  }

  @Test
  void aProviderNeitherLogsNorLooksForOthers() {
    noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "log or find services",
                type ->
                    type.getName().startsWith("java.lang.System$Logger")
                        || type.getName().startsWith("java.util.ServiceLoader")
                        || type.getPackageName().startsWith("java.util.logging")
                        || type.getPackageName().startsWith("org.slf4j")))
        .check(classes);
  }
}
