package qwormhole.api.telemetry;

/** A client as a management bean, {@code qwormhole:type=Client,id=<n>,remote="<host>:<port>"}. */
public interface ClientMXBean extends EndpointMXBean {

  /** Where the client stands, a name of {@code QWormholeClient.State}. */
  String getState();

  /** How many times the client has begun to reconnect. */
  long getReconnects();
}
