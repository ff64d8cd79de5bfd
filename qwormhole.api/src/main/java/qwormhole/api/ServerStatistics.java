package qwormhole.api;

import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * Counters of a server since it was opened.
 *
 * @param connections connections with an accepted handshake, now
 * @param pending connections that are not accepted yet, now
 * @param accepted connections accepted so far
 * @param rejected connections refused so far, for whatever reason
 * @param lastError the code of the last error, or null
 * @param traffic the sum over all connections so far; queue depth and limit of those that are open now
 */
public record ServerStatistics(
    int connections,
    int pending,
    long accepted,
    long rejected,
    ErrorCode lastError,
    ConnectionStatistics traffic) {}
