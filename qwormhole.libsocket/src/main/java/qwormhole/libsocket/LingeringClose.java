package qwormhole.libsocket;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What a link that was closed in order leaves behind for a short time. Closing a socket while input
 * is unread, or before input arrives, makes the kernel send a reset and drop what the peer has not
 * yet received of our last words. So output is shut down and input is dropped, until the peer ends
 * its side too or the time is over.
 */
final class LingeringClose extends Watched {

  static final long NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Descriptors are worth more than courtesy: over this number a close is immediate. */
  static final int MAX_PER_LOOP = 1024;

  private LingeringClose(EpollLoop loop, int fd) {
    super(loop, fd);
  }

  /** Takes the descriptor over from its link. */
  static void start(Watched link) {
    boolean gone = Libsocket.shutdown_inet_stream_socket(link.fd, Libsocket.WRITE) != 0;
    if (gone || Sockets.dropInput(link.fd) || !link.loop.startLingering()) {
      link.kill();
      return;
    }
    LingeringClose lingering = new LingeringClose(link.loop, link.fd);
    lingering.replace(link);
    try {
      lingering.setInterest(LibC.EPOLLIN);
      link.loop.timers().after(NANOS, lingering::finish);
    } catch (IOException e) {
      lingering.finish();
    }
  }

  @Override
  void ready(int events) {
    if (Sockets.dropInput(fd)) {
      finish();
    }
  }

  @Override
  void end(Throwable cause) {
    if (cause != null) {
      finish();
    }
  }

  private void finish() {
    if (isWatched()) {
      kill();
      loop.endLingering();
    }
  }
}
