package qwormhole.libsocket;

import java.io.IOException;

/** A descriptor that a loop watches and closes. All methods are called on the loop thread. */
abstract class Watched {

  final EpollLoop loop;
  final int fd;
  private long key; // 0 before it is watched and after its end
  private int interest;

  Watched(EpollLoop loop, int fd) {
    this.loop = loop;
    this.fd = fd;
  }

  /** Makes the descriptor the loop's, which closes it from now on. */
  final void watch(int wanted) throws IOException {
    key = loop.table().add(this);
    try {
      setInterest(wanted);
    } catch (IOException e) {
      loop.table().remove(key);
      key = 0;
      throw e;
    }
  }

  /** Takes the place of another one, whose descriptor it has. */
  final void replace(Watched other) {
    key = other.key;
    interest = other.interest;
    other.key = 0;
    loop.table().set(key, this);
  }

  final boolean isWatched() {
    return key != 0;
  }

  /**
   * Says what to wait for.
   *
   * @param wanted bits of {@code EPOLLIN} and {@code EPOLLOUT}; without any the descriptor is taken
   *     out, because epoll tells of errors and hang-ups whether asked or not, again and again
   */
  final void setInterest(int wanted) throws IOException {
    if (wanted == interest) {
      return;
    }
    int operation =
        wanted == 0 ? LibC.EPOLL_CTL_DEL : interest == 0 ? LibC.EPOLL_CTL_ADD : LibC.EPOLL_CTL_MOD;
    loop.epoll().control(operation, fd, wanted, key);
    interest = wanted;
  }

  /** Closes the descriptor, if it is still open. */
  final void kill() {
    if (key == 0) {
      return;
    }
    try {
      // A child process may hold the descriptor for a moment: closing alone would not take it out.
      setInterest(0);
    } catch (IOException e) {
      // What has no place in the table any more is passed over when it is told of.
    }
    loop.table().remove(key);
    key = 0;
    Sockets.close(fd);
  }

  /**
   * Something happened. What this throws ends the whole loop, so that whatever calls foreign code
   * catches for itself.
   *
   * @param events bits of the {@code EPOLL} constants
   */
  abstract void ready(int events);

  /**
   * The loop ends.
   *
   * @param cause null to end in order, which may take some turns; else why it ends at once
   */
  abstract void end(Throwable cause);
}
