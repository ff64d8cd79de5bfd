package qwormhole.api.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One byte stream on one loop thread.
 *
 * <p>{@link #write} is called by one thread at a time, which is any thread: the core's write turn
 * sees to that, with a happens-before edge between writers. All other methods may be called from any
 * thread at any time, also after the link has ended, when they do nothing.
 */
public interface Link {

  /**
   * Writes what the socket takes now, without blocking, in one system call where it can. One that does
   * not return, throws anything but an IOException, or on several links takes nothing again and again
   * after {@link LinkHandler#onWritable()} is the transport's failure.
   *
   * @param buffers bytes from each position to each limit; positions advance by what was taken
   * @param offset the first buffer to write
   * @param count how many buffers to write
   * @return how many bytes were taken, 0 when the socket is full
   * @throws IOException when the link has failed or ended
   */
  long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

  /** Asks for one {@link LinkHandler#onWritable()} as soon as the socket takes bytes again. */
  void wantWritable();

  /**
   * Runs a task on the loop thread, soon, in the order of submission. Wake-ups are coalesced. A task
   * given to an ended transport is not run; one given to an ended link of a living transport is.
   */
  void execute(Runnable task);

  /** Whether the calling thread is this link's loop thread. */
  boolean inLoop();

  /** Stops reading: at once when called on the loop, else soon. TCP then slows the peer down. */
  void pauseReads();

  /** Reads again after {@link #pauseReads()}. */
  void resumeReads();

  /** Ends the link in order (FIN); what was written is still delivered by the kernel. */
  void close();

  /** Ends the link at once with a reset, dropping what the kernel has not sent. */
  void abort();

  /**
   * Lets the peer see an end although the loop hangs: shuts the socket down on the calling thread and
   * leaves the rest to the loop, should it wake. Only called for a loop that {@link
   * Transport#loops()} names. Unless overridden it does nothing, and the peer has to find out by
   * itself.
   */
  default void sever() {}

  /** The bound local address. */
  InetSocketAddress localAddress();

  /** The peer's address. */
  InetSocketAddress remoteAddress();
}
