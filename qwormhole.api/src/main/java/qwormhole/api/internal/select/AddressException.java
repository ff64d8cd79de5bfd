package qwormhole.api.internal.select;

import qwormhole.api.error.QWormholeException;

/** The address that the application gave cannot be used; no fault of the provider that said so. */
public final class AddressException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what the application is told. */
  public AddressException(QWormholeException told) {
    super(told.getMessage(), told, false, false);
  }

  /** What the application is told. */
  QWormholeException told() {
    return (QWormholeException) getCause();
  }
}
