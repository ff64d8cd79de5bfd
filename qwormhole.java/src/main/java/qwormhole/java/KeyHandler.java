package qwormhole.java;

/** What is attached to a selection key. All methods are called on the loop thread. */
interface KeyHandler {

  /**
   * The channel is ready. What this throws ends the whole loop, so a handler that calls foreign
   * code catches for itself.
   *
   * @param readyOps the key's ready operations
   */
  void ready(int readyOps);

  /**
   * The loop ends.
   *
   * @param cause null to end in order, which may take some turns; else why it ends at once
   */
  void end(Throwable cause);
}
