package qwormhole.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The layering of the module, so that it is not only a drawing. */
class ArchitectureTest {
  // Raise it as the module grows: a rule over classes that were not found would hold as well.
  private static final int FEWEST_CLASSES = 150;

  private static final String INTERNAL = "qwormhole.api.internal..";
  private static final String FRAME = "qwormhole.api.internal.frame..";
  private static final String HANDSHAKE = "qwormhole.api.internal.handshake..";
  private static final String SELECT = "qwormhole.api.internal.select..";
  private static final String SESSION = "qwormhole.api.internal.session..";
  private static final String TLS = "qwormhole.api.internal.tls..";
  private static final String WATCH = "qwormhole.api.internal.watch..";
  private static final String OBSERVE = "qwormhole.api.internal.observe..";

  // Where the module's own classes lie, on the module path and on the class path alike.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(QWormhole.class.getProtectionDomain().getCodeSource().getLocation());

  private static final DescribedPredicate<JavaClass> FRONT_DOOR =
      describe(
          "a front door",
          type ->
              List.of(
                      "qwormhole.api.QWormhole",
                      "qwormhole.api.QWormholeRuntime",
                      "qwormhole.api.ProviderJars",
                      "qwormhole.api.handshake.Handshakes")
                  .contains(outermost(type).getName()));

  @Test
  void everyRoomOfTheModuleIsSeen() {
    assertThat(CLASSES).hasSizeGreaterThan(FEWEST_CLASSES);
    assertThat(CLASSES).noneMatch(type -> type.getSimpleName().endsWith("Test"));
    for (String room :
        List.of(
            "qwormhole.api",
            "qwormhole.api.spi",
            "qwormhole.api.internal.frame",
            "qwormhole.api.internal.watch")) {
      assertThat(CLASSES).anyMatch(type -> type.getPackageName().equals(room));
    }
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices()
        .matching("qwormhole.(**)")
        .should()
        .beFreeOfCycles()
        // Someone has to put the parts together, and an application must reach that someone.
        .ignoreDependency(FRONT_DOOR, resideInAPackage(INTERNAL))
        .check(CLASSES);
  }

  @Test
  void onlyTheFrontDoorsReachInside() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL)
        .and(not(FRONT_DOOR))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL)
        .check(CLASSES);
  }

  @Test
  void onlySelectionLooksForProviders() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SELECT)
        .should()
        .dependOnClassesThat(named("java.util.ServiceLoader"))
        .check(CLASSES);
  }

  @Test
  void nothingKnowsJna() {
    noClasses().should().dependOnClassesThat().resideInAPackage("com.sun.jna..").check(CLASSES);
  }

  @Test
  void framesAndHandshakesKnowNothingOfWhatRunsThem() {
    noClasses()
        .that()
        .resideInAnyPackage(FRAME, HANDSHAKE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SESSION, SELECT, OBSERVE)
        .check(CLASSES);
  }

  @Test
  void theWatchKnowsTransportsOnly() {
    noClasses()
        .that()
        .resideInAPackage(WATCH)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SESSION, SELECT, FRAME, HANDSHAKE, TLS)
        .check(CLASSES);
  }

  @Test
  void framesAreBytesOnly() {
    noClasses()
        .that()
        .resideInAPackage(FRAME)
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.nio.channels..")
                .or(resideInAPackage("java.net.."))
                // Futures and counters are values; what follows are threads, or waits for them.
                .or(resideInAPackage("java.util.concurrent.locks.."))
                .or(assignableTo(Executor.class))
                .or(named("java.util.concurrent.Executors"))
                .or(named("java.util.concurrent.ThreadFactory"))
                .or(named("java.lang.Thread"))
                .or(named("java.lang.ThreadLocal")))
        .check(CLASSES);
  }

  @Test
  void onlyObservationLogs() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OBSERVE)
        .should()
        .dependOnClassesThat(
            named("java.lang.System$Logger")
                .or(named("java.lang.System$LoggerFinder"))
                .or(resideInAPackage("java.util.logging.."))
                .or(resideInAPackage("org.slf4j..")))
        .orShould()
        .callMethodWhere(
            describe(
                "logs to a logger that it does not keep",
                call -> call.getTarget().getFullName().startsWith("java.lang.System.getLogger(")))
        .check(CLASSES);
  }

  @Test
  void aViolationWouldBeFound() {
    // The same query that the rules above make, asked of something that is certainly there.
    assertThat(
            noClasses()
                .should()
                .dependOnClassesThat(named("java.nio.ByteBuffer"))
                .evaluate(CLASSES)
                .hasViolation())
        .isTrue();
  }

  /** The class itself and what is nested in it. */
  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(
        name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
