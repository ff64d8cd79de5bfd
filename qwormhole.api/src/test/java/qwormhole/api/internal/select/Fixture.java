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
import qwormhole.api.internal.select.ProviderSource.Description;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** A selector among fakes, with its own properties, environment and log. */
final class Fixture {
  static final String JAVA_CLASS = "qwormhole.java.JavaTransportProvider";

  final Map<String, String> properties = new HashMap<>();
  final Map<String, String> environment = new HashMap<>();
  final RecordingLogger logger = new RecordingLogger();
  final List<Throwable> failures = new ArrayList<>();
  final List<String> constructed = new ArrayList<>();
  final TransportContext context = new TransportContext(1, 4096, Thread::new, failures::add);

  TransportUse use = opened -> opened;

  private final List<ProviderSource.Handle> handles = new ArrayList<>();
  private final List<ProviderSource.Broken> broken = new ArrayList<>();
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
    FakeProvider java = FakeProvider.java();
    return fixture.add(JAVA_CLASS, "java", java.description, () -> java).with(others);
  }

  /** These, of classes named by their ids, as if from the modules of this project. */
  Fixture with(FakeProvider... others) {
    for (FakeProvider other : others) {
      String id = other.description.id();
      add("org.example." + id + ".Provider", id, other.description, () -> other);
    }
    return this;
  }

  /** A drop-in. */
  Fixture dropIn(String className, FakeProvider provider) {
    return add(className, null, provider.description, () -> provider);
  }

  /** A drop-in of this id, native and of priority 5, with a constructor of its own. */
  Fixture dropIn(String className, String id, Supplier<TransportProvider> constructor) {
    return add(className, null, new Description(id, 5, true), constructor);
  }

  /** A drop-in whose annotation cannot be read. */
  Fixture undescribed(String className, Throwable why) {
    handles.add(
        new ProviderSource.Handle(
            className,
            null,
            new Guarded<>(null, why),
            () -> {
              throw new AssertionError("constructed");
            }));
    return this;
  }

  Fixture add(
      String className,
      String ownId,
      Description description,
      Supplier<TransportProvider> constructor) {
    handles.add(
        new ProviderSource.Handle(
            className,
            ownId,
            new Guarded<>(description, null),
            () -> {
              constructed.add(className);
              return constructor.get();
            }));
    return this;
  }

  Fixture addBroken(Throwable error) {
    broken.add(new ProviderSource.Broken("unknown", error));
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
    return selector.open(request, context, opened -> use.begin(opened));
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
