package qwormhole.api.internal.observe;

import qwormhole.api.QWormholeClient;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ClientMXBean;
import qwormhole.api.telemetry.ConnectionStatistics;

/** A client for management. */
final class ClientBean extends EndpointBean implements ClientMXBean {
  private final QWormholeClient<?> client;

  ClientBean(QWormholeClient<?> client, Telemetry telemetry) {
    super(telemetry);
    this.client = client;
  }

  @Override
  ConnectionStatistics traffic() {
    return client.statistics().traffic();
  }

  @Override
  ErrorCode lastError() {
    return client.statistics().lastError();
  }

  @Override
  public String getState() {
    return client.state().name();
  }

  @Override
  public long getReconnects() {
    return client.reconnects();
  }
}
