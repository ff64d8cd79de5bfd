package qwormhole.api.internal.session;

import qwormhole.api.EndpointOptions;
import qwormhole.api.Framing;
import qwormhole.api.internal.frame.Frames;

/**
 * What bounds one connection.
 *
 * @param framed whether a length word goes before each message
 * @param maxFrameBytes the largest payload
 * @param maxOutboundBytes what may be accepted and not yet written
 * @param pauseBytes at most so much may be pending for a largest frame to find room, and half of the
 *     limit: over this reading pauses where that was asked for
 */
record SessionLimits(boolean framed, int maxFrameBytes, int maxOutboundBytes, int pauseBytes) {
  static SessionLimits of(EndpointOptions<?> options) {
    int max = options.maxOutboundBytes();
    int frame = options.maxFrameBytes() + Frames.HEADER_BYTES;
    return new SessionLimits(
        options.framing() == Framing.LENGTH_PREFIXED,
        options.maxFrameBytes(),
        max,
        Math.min(max / 2, max - frame));
  }
}
