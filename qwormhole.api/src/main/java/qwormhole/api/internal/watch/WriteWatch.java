package qwormhole.api.internal.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import qwormhole.api.internal.watch.SenderWrites.UnderWay;

/**
 * Looks for writes of senders that do not return, and for links whose writes take nothing from sockets
 * that are said to be writable. Both are the transport's failure. Part of {@link LoopWatch}, which looks
 * at the loops' own.
 */
final class WriteWatch {
  /** For how many intervals in a row a link takes nothing. */
  private static final int REFUSING_LOOKS = 3;

  /** Of so many links, or of all where there are fewer: one alone may have a trouble of its own. */
  private static final int REFUSING_LINKS = 3;

  private final WatchedTransport transport;
  private final ThreadProbe probe;
  private Map<UnderWay, Seen> writes = Map.of();

  private record Seen(Evidence evidence, long sinceNanos) {}

  /** A run of writes of one link that took nothing; of the watch's thread. */
  static final class Refusal {
    private int seen;
    private int looks;

    /** Counts looks between which there were more such writes. */
    private boolean isLongSince(int refusals) {
      looks = refusals == seen ? 0 : looks + 1;
      seen = refusals;
      return looks > REFUSING_LOOKS;
    }
  }

  WriteWatch(WatchedTransport transport, ThreadProbe probe) {
    this.transport = transport;
    this.probe = probe;
  }

  /** The watch comes late: what was seen before counts no more. */
  void startAnew() {
    writes = Map.of();
    transport.refusing().values().forEach(refusal -> refusal.looks = 0);
  }

  /** Looks which writes are under way; true when one of them was at the look before. */
  boolean look(long now) {
    List<UnderWay> underWay = transport.senders().underWay();
    Map<UnderWay, Seen> before = writes;
    writes = underWay.isEmpty() ? Map.of() : new HashMap<>();
    boolean same = false;
    for (UnderWay write : underWay) {
      Seen seen = before.get(write);
      same |= seen != null;
      writes.put(write, seen == null ? new Seen(new Evidence(), now) : seen);
    }
    return same;
  }

  /** Judges what the look saw; null unless the transport has failed. */
  IOException judge(long now, boolean starved) {
    for (var entry : writes.entrySet()) {
      Thread thread = entry.getKey().thread();
      Seen seen = entry.getValue();
      if (seen.sinceNanos() != now && seen.evidence().add(now, probe.sample(thread), starved)) {
        return new IOException(
            "a write by the thread "
                + thread.getName()
                + " has hung for "
                + TimeUnit.NANOSECONDS.toMillis(now - seen.sinceNanos())
                + " ms: "
                + StackText.of(thread));
      }
    }
    return null;
  }

  /** Counts the links whose writes take nothing; null unless the transport has failed. */
  IOException judgeRefusing() {
    int many = 0;
    for (var entry : transport.refusing().entrySet()) {
      many += entry.getValue().isLongSince(entry.getKey().refusals()) ? 1 : 0;
    }
    if (many == 0 || many < Math.min(REFUSING_LINKS, transport.openLinks())) {
      return null;
    }
    return new IOException(
        "writes take no bytes, on "
            + many
            + " connections, although the sockets are said to be writable");
  }
}
