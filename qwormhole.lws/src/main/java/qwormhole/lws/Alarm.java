package qwormhole.lws;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the loop when a timer is due: the library's own wait has no timeout that could be set. It is
 * a descriptor like any other, there from the beginning: when descriptors are short it is needed.
 */
final class Alarm extends Wsi {

  private static final int VALUE_AT = 16;

  private final NativeBytes time = new NativeBytes(32);
  private final NativeBytes count = new NativeBytes(8);
  private boolean armed;
  private long atNanos;

  private Alarm(LwsLoop loop, int fd) {
    super(loop, fd);
  }

  static Alarm open(LwsLoop loop) throws IOException {
    int fd = LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.TFD_NONBLOCK | LibC.TFD_CLOEXEC);
    if (fd < 0) {
      throw Errno.last("no timer");
    }
    Alarm alarm = new Alarm(loop, fd);
    alarm.adopt(Lws.ADOPT_RAW_FILE);
    return alarm;
  }

  /** Goes off for the first of the timers; before each wait. */
  void set(Timers timers) {
    if (timers.isEmpty() || (armed && atNanos - timers.nextNanos() <= 0)) {
      return;
    }
    armed = true;
    atNanos = timers.nextNanos();
    long nanos = Math.max(1, atNanos - System.nanoTime());
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    time.bytes.putLong(VALUE_AT, seconds);
    time.bytes.putLong(VALUE_AT + 8, nanos - TimeUnit.SECONDS.toNanos(seconds));
    LibC.timerfd_settime(fd, 0, time.address, 0);
  }

  @Override
  boolean ready(int reason, long in, int length) {
    armed = false;
    LibC.read(fd, count.address, 8);
    return true;
  }

  @Override
  void closed() {}

  @Override
  void end(Throwable cause) {}
}
