import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the test classes that it is given, with no more of a JDK than the image has. */
final class Conformance {

  private Conformance() {}

  public static void main(String[] classes) {
    boolean passed = true;
    for (String name : classes) {
      passed &= passes(name);
    }
    System.exit(passed && classes.length > 0 ? 0 : 1);
  }

  private static boolean passes(String name) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(name).map(each -> selectClass(each)).toList())
            .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener, new Reasons());
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 40);
    System.out.printf(
        "conformance: %s: %d passed, %d failed, %d aborted, %d ms%n",
        name,
        summary.getTestsSucceededCount(),
        summary.getTotalFailureCount(),
        summary.getTestsAbortedCount(),
        summary.getTimeFinished() - summary.getTimeStarted());
    return summary.getTotalFailureCount() == 0
        && summary.getTestsSucceededCount() + summary.getTestsAbortedCount() > 0;
  }

  /** Says why tests are aborted, each reason once: a library may be missing. */
  private static final class Reasons implements TestExecutionListener {
    private String last = "";

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
      if (result.getStatus() == TestExecutionResult.Status.ABORTED && !reason.equals(last)) {
        System.out.println("conformance: aborted: " + reason);
        last = reason;
      }
    }
  }
}
