package qwormhole.bench.report;

import qwormhole.bench.process.FallbackReport;
import qwormhole.bench.process.FallbackSpec;

/**
 * One run of the fallback scenario.
 *
 * @param spec what was killed
 * @param report what became of the clients, or null when it did not run to its end
 * @param outcome how it ended
 * @param reason why it was skipped or failed; empty when it was measured
 */
public record Fallback(
    FallbackSpec spec, FallbackReport report, Row.Outcome outcome, String reason) {}
