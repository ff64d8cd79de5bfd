package qwormhole.api.internal.select;

/** A provider threw nothing and yet cannot be used; the message says why. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  Unfit(String reason) {
    this(reason, null);
  }

  /** With the technical cause, or null. */
  Unfit(String reason, Throwable cause) {
    super(reason, cause, false, false);
  }
}
