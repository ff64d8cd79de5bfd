package qwormhole.api.tck.endpoint;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.time.Duration;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * Telemetry without what differs from run to run or names the provider: backend, times, addresses, how
 * full a queue was just then and in how many system calls it was written.
 */
final class Normalised {
  static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("somewhere", 1);

  private Normalised() {}

  static Source source(String side) {
    return new Source(side, "any", "any", "any", "any", "any", "");
  }

  /** The same event, of any kind, with the same placeholders in it. */
  static TelemetryEvent of(TelemetryEvent event) {
    try {
      RecordComponent[] components = event.getClass().getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(components[i].getName(), components[i].getAccessor().invoke(event));
      }
      Constructor<? extends TelemetryEvent> constructor =
          event.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("not a public record: " + event.getClass(), e);
    }
  }

  private static Object value(String name, Object value) {
    if (value instanceof Source source) {
      Source any = source(source.side());
      return new Source(
          source.side(),
          any.transport(),
          any.backend(),
          any.mode(),
          any.platform(),
          any.jvm(),
          source.fallbackReason());
    }
    if (value instanceof ConnectionStatistics counted) {
      return of(counted);
    }
    if (value instanceof InetSocketAddress) {
      return ADDRESS;
    }
    if (value instanceof Duration) {
      return Duration.ZERO;
    }
    return name.equals("queuedBytes") ? 0L : value;
  }

  private static ConnectionStatistics of(ConnectionStatistics counted) {
    return new ConnectionStatistics(
        counted.messagesIn(),
        counted.messagesOut(),
        counted.bytesIn(),
        counted.bytesOut(),
        counted.queuedBytes(),
        counted.maxQueuedBytes(),
        counted.refused(),
        0,
        counted.dropped());
  }
}
