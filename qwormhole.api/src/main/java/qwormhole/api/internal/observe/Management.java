package qwormhole.api.internal.observe;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;

/**
 * Registers endpoints with the platform's MBean server. That it cannot is logged and hurts nobody: an
 * endpoint works without being seen. Any thread.
 */
public final class Management {
  private static final AtomicLong IDS = new AtomicLong();

  private Management() {}

  /** Registers a server under its id and port; what is returned takes it away again, once or often. */
  public static Runnable register(QWormholeServer<?> server, Telemetry telemetry) {
    return register("Server", "port=" + server.port(), new ServerBean(server, telemetry));
  }

  /** Registers a client under its id and what it connects to. */
  public static Runnable register(
      QWormholeClient<?> client, Telemetry telemetry, String host, int port) {
    return register(
        "Client",
        "remote=" + ObjectName.quote(host + ":" + port),
        new ClientBean(client, telemetry));
  }

  private static Runnable register(String type, String key, EndpointBean bean) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName name =
          new ObjectName("qwormhole:type=" + type + ",id=" + IDS.incrementAndGet() + "," + key);
      server.registerMBean(bean, name);
      return () -> unregister(server, name);
    } catch (JMException | RuntimeException e) {
      Log.warn("an endpoint could not be registered for management: " + e, e);
      return () -> {};
    }
  }

  private static void unregister(MBeanServer server, ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody else has taken it away: it is gone, as was wanted.
    } catch (JMException | RuntimeException e) {
      Log.warn("an endpoint could not be taken out of management: " + e, e);
    }
  }
}
