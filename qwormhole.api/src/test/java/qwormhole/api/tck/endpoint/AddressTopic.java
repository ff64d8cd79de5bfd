package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.Connection;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Hosts, ports, interfaces and local addresses. */
interface AddressTopic extends Topic {
  String NO_INTERFACE = "nosuchinterface0";

  @Test
  default void namesAndWildcardsAreServed() throws Exception {
    QWormholeServer<String> server =
        stage().listen(stage().server().host("0.0.0.0"), ServerTrace.echo());
    assertThat(server.port()).isPositive();
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).host(nameOfLoopback()), trace);
    client.send("x");
    assertThat(trace.messages.next()).isEqualTo("x");
  }

  /** A name that has to be resolved. */
  private static String nameOfLoopback() throws IOException {
    assumeTrue(
        List.of(InetAddress.getAllByName("localhost")).indexOf(Loopback.FOUR) == 0,
        "localhost is 127.0.0.1");
    return "localhost";
  }

  @Test
  default void sixIsServedLikeFour() throws Exception {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(Loopback.SIX, 0));
    } catch (IOException e) {
      abort("this machine has no IPv6 loopback address: " + e.getMessage());
    }
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server().host("::1"), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).host("::1"), trace);
    client.send("x");
    assertThat(trace.messages.next()).isEqualTo("x");
    assertThat(serverTrace.connections.next().remoteAddress().getAddress()).isEqualTo(Loopback.SIX);
  }

  @Test
  default void aClientConnectsFromTheAddressItWasGiven() throws Exception {
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    InetSocketAddress local;
    try (ServerSocket probe = new ServerSocket(0, 1, Loopback.FOUR)) {
      local = (InetSocketAddress) probe.getLocalSocketAddress();
    }
    ClientTrace<String> clientTrace = new ClientTrace<>();
    stage().connect(stage().client(server.port()).localAddress(local), clientTrace);
    assertThat(clientTrace.ready.next().localAddress()).isEqualTo(local);
    assertThat(trace.connections.next().remoteAddress()).isEqualTo(local);
  }

  @Test
  default void bothSidesUseTheFirstIPv4AddressOfAnInterface() throws Exception {
    String loopback = loopbackInterface();
    ServerTrace<String> trace = new ServerTrace<>();
    QWormholeServer<String> server =
        stage().listen(stage().server().host("0.0.0.0").interfaceName(loopback), trace);
    assertThat(server.address().getAddress()).isEqualTo(Loopback.FOUR);
    stage().connect(stage().client(server.port()).interfaceName(loopback), new ClientTrace<>());
    Connection<String> connection = trace.connections.next();
    assertThat(connection.remoteAddress().getAddress()).isEqualTo(Loopback.FOUR);
  }

  private static String loopbackInterface() throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(each -> each.inetAddresses().anyMatch(Loopback.FOUR::equals))
        .map(NetworkInterface::getName)
        .findFirst()
        .orElseGet(() -> abort("this machine has no interface with 127.0.0.1"));
  }

  @Test
  default void anInterfaceThatIsNotThereIsNamed() {
    assertOpeningFails(
        ErrorCode.E_INTERFACE_NOT_FOUND, stage().server().interfaceName(NO_INTERFACE));
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().make(stage().client(1).interfaceName(NO_INTERFACE), trace);
    assertThat(Deadline.failure("connect", client.connect()))
        .hasMessageContaining(NO_INTERFACE)
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_INTERFACE_NOT_FOUND));
    assertThat(trace.end().code()).isEqualTo(ErrorCode.E_INTERFACE_NOT_FOUND);
    assertThat(client.reconnects()).isZero();
  }

  @Test
  default void aPortInUseAndAHostThatIsNotHereCannotBeBound() throws Exception {
    WireListener taken = stage().wireListener();
    assertOpeningFails(ErrorCode.E_BIND_FAILED, stage().server().port(taken.port()));
    assertOpeningFails(ErrorCode.E_BIND_FAILED, stage().server().host("192.0.2.1"));
    assertOpeningFails(ErrorCode.E_BIND_FAILED, stage().server().host("nosuchhost.invalid"));
  }

  @Test
  default void aMulticastAddressCannotBeBound() {
    assertOpeningFails(ErrorCode.E_BIND_FAILED, stage().server().host("224.0.0.1"));
  }

  @Test
  default void aConnectThatFailsNamesTheAddressAndTheReasonOnce() {
    QWormholeServer<String> server = stage().listen(stage().server(), new ServerTrace<>());
    int port = server.port();
    server.close();
    assertConnectFails(
        stage().client(port), "cannot connect to ", ":" + port + ": Connection refused");
    assertConnectFails(
        stage().client(port).localAddress(InetSocketAddress.createUnresolved("nowhere.test", 0)),
        "nowhere.test",
        " is not resolved");
    assertConnectFails(
        stage().client(port).localAddress(new InetSocketAddress("192.0.2.7", 0)),
        "Cannot assign requested address");
  }

  private void assertConnectFails(ClientOptions.Builder<String> options, String... reasons) {
    ClientTrace<String> trace = new ClientTrace<>();
    stage().watch(trace);
    QWormholeClient<String> client =
        QWormhole.client(options.reconnect(ReconnectPolicy.NONE).build(), trace);
    assertThat(Deadline.failure("connect", client.connect()))
        .isInstanceOfSatisfying(
            QWormholeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_CONNECT_FAILED);
              for (String reason : reasons) {
                assertThat(e.detail()).containsOnlyOnce(reason);
              }
            });
    client.close();
  }

  private void assertOpeningFails(ErrorCode code, ServerOptions.Builder<String> options) {
    assertThatExceptionOfType(QWormholeException.class)
        .isThrownBy(() -> stage().listen(options, new ServerListener<>() {}))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  default void aPortIsFreeAgainWhenItsServerHasClosed() throws Exception {
    int port = 0;
    for (int i = 0; i < 5; i++) {
      ServerTrace<String> trace = ServerTrace.echo();
      QWormholeServer<String> server = stage().listen(stage().server().port(port), trace);
      port = server.port();
      WirePeer peer = stage().dial(server).legacy().send("x");
      assertThat(peer.readText()).isEqualTo("x");
      server.connections().forEach(connection -> connection.close("bye"));
      peer.assertEnd();
      peer.close();
      server.close();
    }
  }
}
