package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.observe.RecordingLogger;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** A selector among fakes, with its own properties, environment and log. */
final class Fixture {
  final Map<String, String> properties = new HashMap<>();
  final Map<String, String> environment = new HashMap<>();
  final RecordingLogger logger = new RecordingLogger();
  final List<Throwable> failures = new ArrayList<>();
  final List<String> constructed = new ArrayList<>();
  final TransportContext context = new TransportContext(1, 4096, Thread::new, failures::add);

  private final List<ProviderSource.Handle> handles = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();
  private final ProviderSelector selector;

  Fixture() {
    LogWriter log = new LogWriter(logger, System::nanoTime);
    Switches switches = new Switches(properties::get, environment::get, log);
    ProviderSource source = () -> new ProviderSource.Discovery(handles, broken);
    selector = new ProviderSelector(source, switches, log);
  }

  /** The Java provider and these. */
  static Fixture withJavaAnd(FakeProvider... others) {
    Fixture fixture = new Fixture();
    fixture.add("qwormhole.java.JavaTransportProvider", true, FakeProvider::java);
    return fixture.with(others);
  }

  /** These, of classes named by their ids. */
  Fixture with(FakeProvider... others) {
    for (FakeProvider other : others) {
      String id = Guarded.call(other.id).value();
      add("org.example." + id + ".Provider", false, () -> other);
    }
    return this;
  }

  Fixture add(String className, boolean isJava, Supplier<TransportProvider> constructor) {
    handles.add(
        new ProviderSource.Handle(
            className,
            isJava,
            () -> {
              constructed.add(className);
              return constructor.get();
            }));
    return this;
  }

  Fixture addBroken(Throwable error) {
    broken.add(error);
    return this;
  }

  Fixture property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  Fixture variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ProviderSelector selector() {
    return selector;
  }

  SelectedTransport open(SelectionRequest request) {
    return selector.open(request, context);
  }

  String mode(SelectionRequest request) {
    return open(request).mode();
  }

  QWormholeException refusal(SelectionRequest request) {
    return catchThrowableOfType(QWormholeException.class, () -> open(request));
  }

  /** What the report says of one provider. */
  Candidate candidate(SelectionRequest request, String id) {
    return selector.report(request).candidates().stream()
        .filter(candidate -> candidate.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  List<String> warnings() {
    return logger.texts(System.Logger.Level.WARNING);
  }
}
