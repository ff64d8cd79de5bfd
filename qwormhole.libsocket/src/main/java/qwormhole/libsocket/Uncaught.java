package qwormhole.libsocket;

/** Where throwables of foreign code go that have no link to close: to the thread's own handler. */
final class Uncaught {

  private Uncaught() {}

  @SuppressWarnings("EmptyCatch")
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable ignored) {
      // The loop serves other links; nothing that foreign code throws may end it.
    }
  }
}
