package qwormhole.api.internal.session;

/**
 * Who is to be told when there is room again: refused senders, waiting threads, the session that
 * stopped reading. Guarded by {@link OutboundRoom}'s lock; what is due is told without it.
 */
final class RoomSignals {
  /** Threads that wait for room may look again. */
  static final int WAITERS = 1;

  /** After a refusal: below half of the limit. */
  static final int DRAINED = 2;

  /** Asked for: below half of where reading pauses. */
  static final int ROOM = 4;

  /** The first refusal since the last drain: to be told, and then {@link #told} to be called. */
  static final int REFUSED = 1;

  /** Memory is short: somebody has to look again later, with {@link #looked}. */
  static final int STARVED = 2;

  private final int waitersBytes;
  private final int maxBytes;
  private final int roomBytes;
  private boolean waited;
  private boolean refused;
  private boolean telling;
  private boolean drainedMeanwhile;
  private boolean looking;
  private boolean watched;
  private long refusals;

  RoomSignals(int waitersBytes, int maxBytes, int roomBytes) {
    this.waitersBytes = waitersBytes;
    this.maxBytes = maxBytes;
    this.roomBytes = roomBytes;
  }

  /**
   * A sender will wait for room.
   *
   * @param starved whether it is memory that is short
   * @return {@link #STARVED} or nothing
   */
  int waits(boolean starved) {
    waited = true;
    return starved ? starves() : 0;
  }

  /** Whether senders wait; they are told at once then and may write themselves. */
  boolean takeWaiters() {
    boolean any = waited;
    waited = false;
    return any;
  }

  /** A sender was refused; {@link #REFUSED} and {@link #STARVED}, as far as they apply. */
  int refuses(boolean starved) {
    refusals++;
    int news = refused ? 0 : REFUSED;
    telling |= !refused;
    refused = true;
    return starved ? news | starves() : news;
  }

  private int starves() {
    int first = looking ? 0 : STARVED;
    looking = true;
    return first;
  }

  /** The refusal has been told. Whether a drain came meanwhile, which is to be told after it. */
  boolean told() {
    boolean drained = drainedMeanwhile;
    telling = false;
    drainedMeanwhile = false;
    refused &= !drained;
    return drained;
  }

  /** Somebody has looked for memory; what is due. */
  int looked(int pendingBytes, boolean open) {
    looking = false;
    return due(pendingBytes, open);
  }

  /** Asks for {@link #ROOM}; false when there is room already. */
  boolean watch(int pendingBytes) {
    watched = pendingBytes > roomBytes;
    return watched;
  }

  /**
   * What is due at this many bytes, once each.
   *
   * @param open whether nothing else keeps senders waiting; reading never waits for that, since
   *     acknowledgements have to be read
   */
  int due(int pendingBytes, boolean open) {
    int due = 0;
    if (open && waited && pendingBytes <= waitersBytes) {
      waited = false;
      due = WAITERS;
    }
    if (open && refused && pendingBytes <= maxBytes / 2) {
      refused = telling;
      drainedMeanwhile = telling;
      due |= telling ? 0 : DRAINED;
    }
    if (watched && pendingBytes <= roomBytes) {
      watched = false;
      due |= ROOM;
    }
    return due;
  }

  long refusals() {
    return refusals;
  }
}
