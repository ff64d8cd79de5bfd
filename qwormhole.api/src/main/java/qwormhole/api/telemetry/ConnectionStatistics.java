package qwormhole.api.telemetry;

/**
 * Counters of one connection, or their sum over the connections of an endpoint. Messages exclude
 * handshake and control frames; bytes are all bytes of the stream, headers included.
 *
 * @param messagesIn messages handed to the application
 * @param messagesOut messages accepted by {@code send}
 * @param bytesIn bytes read from the transport
 * @param bytesOut bytes taken by the kernel
 * @param queuedBytes bytes accepted and not yet with the kernel
 * @param maxQueuedBytes the limit of {@code queuedBytes}
 * @param refused sends refused with BACK_PRESSURED
 * @param writes write system calls
 * @param dropped messages of the peer that were not delivered because they were invalid SCP
 */
public record ConnectionStatistics(
    long messagesIn,
    long messagesOut,
    long bytesIn,
    long bytesOut,
    long queuedBytes,
    long maxQueuedBytes,
    long refused,
    long writes,
    long dropped) {

  /** Nothing counted yet. */
  public static final ConnectionStatistics NONE =
      new ConnectionStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The sum, member by member. */
  public ConnectionStatistics plus(ConnectionStatistics other) {
    return new ConnectionStatistics(
        messagesIn + other.messagesIn,
        messagesOut + other.messagesOut,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        queuedBytes + other.queuedBytes,
        maxQueuedBytes + other.maxQueuedBytes,
        refused + other.refused,
        writes + other.writes,
        dropped + other.dropped);
  }

  /** The same counters of a connection that has ended: it has no queue any more. */
  public ConnectionStatistics ended() {
    return new ConnectionStatistics(
        messagesIn, messagesOut, bytesIn, bytesOut, 0, 0, refused, writes, dropped);
  }
}
