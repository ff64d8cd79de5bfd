package qwormhole.bench.fallback;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import qwormhole.api.telemetry.TelemetryEvent;
import qwormhole.api.telemetry.TelemetryListener;

/** Keeps the telemetry events that tell of a transport's death and of what follows; few. Any thread. */
final class Diary implements TelemetryListener {
  private static final int MOST = 200;

  private final String side;
  private final List<Happening> happenings = new CopyOnWriteArrayList<>();

  Diary(String side) {
    this.side = side;
  }

  @Override
  public void onEvent(TelemetryEvent event) {
    if (event instanceof TelemetryEvent.ProviderFailed failed) {
      note("ProviderFailed", failed.mode() + ": " + failed.code() + ": " + failed.detail());
    } else if (event instanceof TelemetryEvent.FailedOver over) {
      note("FailedOver", over.fromMode() + " -> " + over.toMode());
    } else if (event instanceof TelemetryEvent.Listening listening) {
      note("Listening", listening.source().mode() + " on port " + listening.address().getPort());
    }
  }

  private void note(String event, String detail) {
    if (happenings.size() < MOST) {
      happenings.add(new Happening(System.nanoTime(), side, event, detail));
    }
  }

  List<Happening> happenings() {
    return List.copyOf(happenings);
  }
}
