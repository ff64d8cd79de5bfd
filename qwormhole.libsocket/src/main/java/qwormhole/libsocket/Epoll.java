package qwormhole.libsocket;

import java.io.IOException;
import java.util.Locale;

/**
 * What one loop waits with: an epoll descriptor and an event descriptor that ends the wait. Both are
 * there from the beginning: when descriptors are short they are needed.
 */
final class Epoll {

  private static final int EVENTS_PER_TURN = 256;
  private static final long WAKE_KEY = 0;

  /** The structure is packed on x86, and nowhere else. */
  private static final boolean PACKED =
      !System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("aarch64");

  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int KEY_AT = EVENT_BYTES - 8;

  private final NativeBytes events = new NativeBytes(EVENTS_PER_TURN * EVENT_BYTES);
  private final NativeBytes event = new NativeBytes(EVENT_BYTES);
  private final NativeBytes one = new NativeBytes(8);
  private final Object alive = new Object();
  private final int epoll;
  private final int wake;
  private boolean closed; // guarded by alive

  Epoll() throws IOException {
    one.bytes.putLong(0, 1);
    epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
    if (epoll < 0) {
      throw Errno.last("no epoll descriptor");
    }
    wake = LibC.eventfd(0, LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC);
    if (wake < 0) {
      IOException thrown = Errno.last("no event descriptor");
      LibC.close(epoll);
      throw thrown;
    }
    try {
      // Edge-triggered: each write is an event, and nobody has to read what was written.
      control(LibC.EPOLL_CTL_ADD, wake, LibC.EPOLLIN | LibC.EPOLLET, WAKE_KEY);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Adds, changes or removes what is watched; on the loop.
   *
   * @param operation one of the {@code EPOLL_CTL} constants
   * @param key told with each event; not 0
   */
  void control(int operation, int fd, int interest, long key) throws IOException {
    event.bytes.putInt(0, interest).putLong(KEY_AT, key);
    if (LibC.epoll_ctl(epoll, operation, fd, event.address) != 0) {
      throw Errno.last("the socket cannot be watched");
    }
  }

  /**
   * Waits for events and returns how many there are.
   *
   * @param timeoutMillis 0 to look only, negative to wait for ever
   */
  int await(int timeoutMillis) throws IOException {
    int count = LibC.epoll_wait(epoll, events.address, EVENTS_PER_TURN, timeoutMillis);
    if (count < 0) {
      if (LibC.errno() == Errno.EINTR) {
        return 0;
      }
      throw Errno.last("waiting for events failed");
    }
    return count;
  }

  /** The key of an event of the last wait; 0 for a wake-up. */
  long key(int index) {
    return events.bytes.getLong(index * EVENT_BYTES + KEY_AT);
  }

  /** What has happened, as bits of the {@code EPOLL} constants. */
  int ready(int index) {
    return events.bytes.getInt(index * EVENT_BYTES);
  }

  /** Ends a wait; from any thread, at any time. */
  void wake() {
    synchronized (alive) {
      if (!closed) {
        LibC.write(wake, one.address, 8);
      }
    }
  }

  /** Idempotent. */
  void close() {
    synchronized (alive) {
      if (!closed) {
        closed = true;
        LibC.close(wake);
        LibC.close(epoll);
      }
    }
  }
}
