package qwormhole.lws;

import java.util.concurrent.TimeUnit;

/**
 * What a link that was closed in order leaves behind for a short time. Closing a socket while input
 * is unread, or before input arrives, makes the kernel send a reset and drop what the peer has not
 * yet received of our last words. So output is shut down and input is dropped, until the peer ends
 * its side too or the time is over.
 */
final class LingeringClose extends Wsi {

  static final long NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Descriptors are worth more than courtesy: over this number a close is immediate. */
  static final int MAX_PER_LOOP = 1024;

  private LingeringClose(LwsLoop loop, int fd) {
    super(loop, fd);
  }

  /** Takes the descriptor over from its link; not from within a callback. */
  static void start(Wsi link) {
    boolean gone = LibC.shutdown(link.fd, LibC.SHUT_WR) != 0;
    if (gone || Sockets.dropInput(link.fd) || !link.loop.startLingering()) {
      link.kill();
      return;
    }
    LingeringClose lingering = new LingeringClose(link.loop, link.fd);
    lingering.replace(link);
    lingering.reads(true);
    link.loop.timers().after(NANOS, lingering::kill);
  }

  @Override
  boolean ready(int reason, long in, int length) {
    return true;
  }

  @Override
  void closed() {
    loop.endLingering();
  }

  @Override
  void end(Throwable cause) {
    if (cause != null) {
      kill();
    }
  }
}
