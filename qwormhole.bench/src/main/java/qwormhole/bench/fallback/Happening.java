package qwormhole.bench.fallback;

/**
 * Something that an endpoint told.
 *
 * @param nanoTime when, by the clock that all processes of a machine share
 * @param side {@code bench}, {@code server} or {@code client}
 * @param event its name
 * @param detail in words; may be empty
 */
public record Happening(long nanoTime, String side, String event, String detail) {}
