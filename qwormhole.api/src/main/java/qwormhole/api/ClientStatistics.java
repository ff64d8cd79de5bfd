package qwormhole.api;

import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * Counters of a client since it was made.
 *
 * @param state where the client stands, now
 * @param reconnects how many times it has begun to reconnect
 * @param lastError the code of the last error, or null
 * @param traffic the sum over all of its connections so far; queue depth and limit of the present one
 */
public record ClientStatistics(
    QWormholeClient.State state,
    long reconnects,
    ErrorCode lastError,
    ConnectionStatistics traffic) {}
