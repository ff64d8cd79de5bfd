package qwormhole.api;

import qwormhole.api.error.ErrorCode;

/**
 * Counters of a server since it was opened.
 *
 * @param connections connections with an accepted handshake, now
 * @param pending connections that are not accepted yet, now
 * @param accepted connections accepted so far
 * @param rejected connections refused so far, for whatever reason
 * @param lastError the code of the last error, or null
 */
public record ServerStatistics(
    int connections, int pending, long accepted, long rejected, ErrorCode lastError) {}
