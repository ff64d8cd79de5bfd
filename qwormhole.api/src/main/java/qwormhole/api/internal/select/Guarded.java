package qwormhole.api.internal.select;

import java.util.ServiceConfigurationError;
import qwormhole.api.internal.text.SafeText;

/**
 * What a provider's code returned or threw. What it throws becomes a value and stops no other
 * provider; only an error of the virtual machine itself, such as a full heap, gets through.
 *
 * @param value what the call returned; null when it failed
 * @param failure what the call threw, without the wrappers of class initialisation and loading;
 *     null when it returned
 */
record Guarded<T>(T value, Throwable failure) {

  @FunctionalInterface
  interface Call<T> {
    T call() throws Exception;
  }

  static <T> Guarded<T> call(Call<T> call) {
    try {
      return new Guarded<>(call.call(), null);
    } catch (Throwable thrown) {
      Throwable failure = unwrapped(thrown);
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      return new Guarded<>(null, failure);
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** One line that says why the call failed, beginning with the question where that helps. */
  String reason(String question) {
    return failure instanceof Unfit ? failure.getMessage() : question + " failed: " + text(failure);
  }

  /** The technical cause of the failure, or null. */
  Throwable cause() {
    return failure instanceof Unfit ? failure.getCause() : failure;
  }

  /** One line that says what was thrown. */
  static String text(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return SafeText.of(message == null || message.isBlank() ? name : name + ": " + message);
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean isWrapper =
        thrown instanceof ServiceConfigurationError
            || thrown instanceof ExceptionInInitializerError;
    return isWrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
  }
}
