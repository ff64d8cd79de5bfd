package qwormhole.api.internal.observe;

import java.util.function.Supplier;

/** One registration that is ended once, also when the end comes before the beginning. Any thread. */
public final class Registration {
  private Runnable ending = () -> {};
  private boolean ended;

  /** Registers, unless it has ended; what is given back ends it. */
  public synchronized void begin(Supplier<Runnable> register) {
    if (!ended) {
      ending = register.get();
    }
  }

  /** Ends the registration, if there is one. */
  public synchronized void end() {
    ended = true;
    ending.run();
    ending = () -> {};
  }
}
