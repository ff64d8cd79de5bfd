package qwormhole.api.internal.observe;

import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.EndpointMXBean;

/** Reads an endpoint's present counters for management, each when it is asked for. */
abstract class EndpointBean implements EndpointMXBean {
  private final Telemetry telemetry;

  EndpointBean(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  abstract ConnectionStatistics traffic();

  abstract ErrorCode lastError();

  @Override
  public final String getMode() {
    return telemetry.source().mode();
  }

  @Override
  public final String getTransport() {
    return telemetry.source().transport();
  }

  @Override
  public final String getBackend() {
    return telemetry.source().backend();
  }

  @Override
  public final String getFallbackReason() {
    return telemetry.source().fallbackReason();
  }

  @Override
  public final String getLastError() {
    ErrorCode code = lastError();
    return code == null ? null : code.name();
  }

  @Override
  public final long getMessagesIn() {
    return traffic().messagesIn();
  }

  @Override
  public final long getMessagesOut() {
    return traffic().messagesOut();
  }

  @Override
  public final long getBytesIn() {
    return traffic().bytesIn();
  }

  @Override
  public final long getBytesOut() {
    return traffic().bytesOut();
  }

  @Override
  public final long getQueuedBytes() {
    return traffic().queuedBytes();
  }

  @Override
  public final long getMaxQueuedBytes() {
    return traffic().maxQueuedBytes();
  }

  @Override
  public final long getRefusedSends() {
    return traffic().refused();
  }

  @Override
  public final long getDroppedMessages() {
    return traffic().dropped();
  }

  @Override
  public final long getWrites() {
    return traffic().writes();
  }
}
