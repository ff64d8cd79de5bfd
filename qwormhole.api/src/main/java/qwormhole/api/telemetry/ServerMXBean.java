package qwormhole.api.telemetry;

/** A server as a management bean, {@code qwormhole:type=Server,id=<n>,port=<port>}. */
public interface ServerMXBean extends EndpointMXBean {

  /** The bound address. */
  String getAddress();

  /** Connections with an accepted handshake, now. */
  int getConnections();

  /** Connections that are not accepted yet, now. */
  int getPending();

  /** Connections accepted so far. */
  long getAccepted();

  /** Connections refused so far. */
  long getRejected();
}
