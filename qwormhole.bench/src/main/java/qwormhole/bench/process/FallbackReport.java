package qwormhole.bench.process;

import java.util.List;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.fallback.Happening;

/**
 * What became of clients whose server's, or own, transport was killed. Times are of the clock that all
 * processes of a machine share.
 *
 * @param struckAt {@code nanoTime} of the kill
 * @param serverModeAfter what carried the server's bytes at the end
 * @param clientModeAfter and the clients'
 * @param account the clients' account of their messages
 * @param received messages that the server was handed
 * @param doubled of those the ones that it had been handed before
 * @param happenings what both endpoints told, in the order of time
 * @param timelineOrigin {@code nanoTime} of the first bucket
 * @param bucketMillis the width of a bucket
 * @param echoes in each bucket
 * @param ready clients that were ready at the end of each bucket
 */
public record FallbackReport(
    long struckAt,
    String serverModeAfter,
    String clientModeAfter,
    Account account,
    long received,
    long doubled,
    List<Happening> happenings,
    long timelineOrigin,
    int bucketMillis,
    List<Long> echoes,
    List<Integer> ready) {

  public FallbackReport {
    happenings = List.copyOf(happenings);
    echoes = List.copyOf(echoes);
    ready = List.copyOf(ready);
  }

  /** Messages that neither came back nor were reported unknown. */
  public long lost() {
    return account.sent() - account.echoed() - account.unknown();
  }

  /** Messages that the server was handed again, and echoes that clients were. */
  public long doubles() {
    return doubled + account.strange();
  }

  /** Nanoseconds from the kill to this event of this side; -1 when it was not told. */
  public long after(String side, String event) {
    return happenings.stream()
        .filter(one -> one.side().equals(side) && one.event().equals(event))
        .filter(one -> one.nanoTime() >= struckAt)
        .mapToLong(one -> one.nanoTime() - struckAt)
        .findFirst()
        .orElse(-1);
  }
}
