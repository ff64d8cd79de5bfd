package qwormhole.api.internal.session;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an outbound side tells its owner. */
final class RecordingEvents implements OutboundEvents {
  final List<String> told = new CopyOnWriteArrayList<>();

  /** Runs before a refusal is written down. */
  Runnable beforeBackpressure = () -> {};

  @Override
  public void onBackpressure() {
    beforeBackpressure.run();
    told.add("backpressure");
  }

  @Override
  public void onDrain() {
    told.add("drain");
  }

  @Override
  public void onRoom() {
    told.add("room");
  }

  @Override
  public void onFinished() {
    told.add("finished");
  }

  @Override
  public void onWriteFailed(IOException cause) {
    told.add("failed: " + cause.getMessage());
  }
}
