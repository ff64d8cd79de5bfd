package qwormhole.api;

/**
 * Counters of one connection. Messages exclude handshake and control frames; bytes are all bytes of
 * the stream, headers included.
 *
 * @param messagesIn messages handed to the application
 * @param messagesOut messages accepted by {@code send}
 * @param bytesIn bytes read from the transport
 * @param bytesOut bytes taken by the kernel
 * @param queuedBytes bytes accepted and not yet with the kernel
 * @param maxQueuedBytes the limit of {@code queuedBytes}
 * @param refused sends refused with BACK_PRESSURED
 * @param writes write system calls
 */
public record ConnectionStatistics(
    long messagesIn,
    long messagesOut,
    long bytesIn,
    long bytesOut,
    long queuedBytes,
    long maxQueuedBytes,
    long refused,
    long writes) {}
