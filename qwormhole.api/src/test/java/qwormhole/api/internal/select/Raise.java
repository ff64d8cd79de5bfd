package qwormhole.api.internal.select;

/** Throws anything from anywhere, as code behind a wrong or old signature can. */
final class Raise {
  private Raise() {}

  /** Never returns; the result is for the compiler, which wants to see a jump. */
  static RuntimeException anything(Throwable thrown) {
    Raise.<RuntimeException>unchecked(thrown);
    throw new AssertionError("unreachable");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
