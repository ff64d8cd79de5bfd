package qwormhole.bench.scenario;

import java.time.Duration;

/** Whether somebody wants a run to end early. */
public interface Stop {
  /** Nobody ever does. */
  Stop NEVER = patience -> false;

  /** Whether it is asked for, now or within so long. */
  boolean isRequested(Duration patience);
}
