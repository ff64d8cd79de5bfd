package qwormhole.bench.fallback;

/**
 * What became of the messages that clients sent.
 *
 * @param sent accepted by send
 * @param echoed came back
 * @param unknown their connection's end was told before they came back
 * @param left neither came back nor were reported unknown by the end
 * @param strange echoes of messages that had come back, or been reported unknown, before
 * @param firstBackAt {@code nanoTime} at which the first client had an echo after its loss
 * @param lastBackAt and the last one
 * @param back clients that had one
 */
public record Account(
    long sent,
    long echoed,
    long unknown,
    long left,
    long strange,
    long firstBackAt,
    long lastBackAt,
    int back) {}
