package qwormhole.api;

/** How messages lie in the byte stream. */
public enum Framing {
  /** A 4-byte big-endian length before each message: message boundaries are kept. */
  LENGTH_PREFIXED,
  /**
   * Bytes as they are: a message is whatever arrived at once. Without boundaries there is no
   * handshake, no control frame and no priority but the default.
   */
  NONE
}
