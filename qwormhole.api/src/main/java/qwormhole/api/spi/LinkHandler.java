package qwormhole.api.spi;

import java.nio.ByteBuffer;

/**
 * The core's side of one link. All methods are called on the link's loop thread, one at a time, in
 * the order {@code onOpen}, any of {@code onBytes} and {@code onWritable}, {@code onClosed}; for a
 * connect that fails only {@code onClosed}. They do not throw; a provider closes the link whose
 * handler throws and carries on.
 */
public interface LinkHandler {

  /** The link is open for reading and writing. */
  void onOpen(Link link);

  /**
   * Bytes arrived, in order. The handler takes all of them.
   *
   * @param bytes a big-endian view from position to limit, of the provider's own memory, valid only
   *     during the call. Handing the same buffer object each time saves the core an allocation.
   */
  void onBytes(ByteBuffer bytes);

  /** {@link Link#wantWritable()} was asked for and the socket takes bytes again. */
  void onWritable();

  /**
   * The link has ended, both ways; called exactly once. A peer's half-close ends the link after what
   * it sent before was handed over.
   *
   * @param cause null after an orderly end (ours, or the peer's FIN) and after our abort; else why it
   *     failed or could not be connected, for instance {@link java.net.ConnectException}
   */
  void onClosed(Throwable cause);
}
