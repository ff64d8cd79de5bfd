package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.telemetry.ClientMXBean;
import qwormhole.api.telemetry.ServerMXBean;

/** Endpoints as management beans. */
interface ManagementTopic extends Topic {
  MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  @Test
  default void endpointsAreManagedWhereThatIsAskedFor() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().jmx(true), trace);
    ObjectName ofServers = new ObjectName("qwormhole:type=Server,port=" + server.port() + ",*");
    ObjectName ofClients =
        new ObjectName(
            "qwormhole:type=Client,remote="
                + ObjectName.quote("127.0.0.1:" + server.port())
                + ",*");
    ClientTrace<String> clientTrace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).jmx(true), clientTrace);
    client.send("one");
    clientTrace.messages.await(1);

    ServerMXBean serverBean = JMX.newMXBeanProxy(BEANS, only(ofServers), ServerMXBean.class);
    ClientMXBean clientBean = JMX.newMXBeanProxy(BEANS, only(ofClients), ClientMXBean.class);
    assertThat(serverBean.getMode()).isEqualTo(server.mode());
    assertThat(serverBean.getAddress()).isEqualTo(server.address().toString());
    assertThat(serverBean.getConnections()).isEqualTo(1);
    assertThat(serverBean.getAccepted()).isEqualTo(1);
    assertThat(serverBean.getRejected()).isZero();
    assertThat(serverBean.getMessagesIn()).isEqualTo(1);
    assertThat(serverBean.getMessagesOut()).isEqualTo(1);
    assertThat(serverBean.getMaxQueuedBytes()).isEqualTo(5 << 20);
    assertThat(serverBean.getLastError()).isNull();
    assertThat(clientBean.getState()).isEqualTo("READY");
    assertThat(clientBean.getBackend()).isEqualTo(client.mode().replace("native-", ""));
    assertThat(clientBean.getMessagesOut()).isEqualTo(1);
    assertThat(clientBean.getReconnects()).isZero();

    client.close();
    server.close();
    assertThat(BEANS.queryNames(ofServers, null)).isEmpty();
    assertThat(BEANS.queryNames(ofClients, null)).isEmpty();
  }

  @Test
  default void endpointsAreNotManagedUnlessAskedFor() throws Exception {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    stage().connect(stage().client(server.port()), new ClientTrace<>());
    assertThat(BEANS.queryNames(new ObjectName("qwormhole:port=" + server.port() + ",*"), null))
        .isEmpty();
  }

  private static ObjectName only(ObjectName pattern) {
    Set<ObjectName> names = BEANS.queryNames(pattern, null);
    assertThat(names).hasSize(1);
    return names.iterator().next();
  }
}
