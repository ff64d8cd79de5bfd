package qwormhole.api.internal.observe;

import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.telemetry.ConnectionStatistics;
import qwormhole.api.telemetry.ServerMXBean;

/** A server for management. */
final class ServerBean extends EndpointBean implements ServerMXBean {
  private final QWormholeServer<?> server;

  ServerBean(QWormholeServer<?> server, Telemetry telemetry) {
    super(telemetry);
    this.server = server;
  }

  @Override
  ConnectionStatistics traffic() {
    return server.statistics().traffic();
  }

  @Override
  ErrorCode lastError() {
    return server.statistics().lastError();
  }

  @Override
  public String getAddress() {
    return server.address().toString();
  }

  @Override
  public int getConnections() {
    return server.statistics().connections();
  }

  @Override
  public int getPending() {
    return server.statistics().pending();
  }

  @Override
  public long getAccepted() {
    return server.statistics().accepted();
  }

  @Override
  public long getRejected() {
    return server.statistics().rejected();
  }
}
