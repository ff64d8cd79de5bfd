package qwormhole.libsocket;

/** Why a library cannot be used, in words for an operator. */
final class UnfitException extends Exception {

  private static final long serialVersionUID = 1;

  UnfitException(String reason) {
    super(reason);
  }
}
