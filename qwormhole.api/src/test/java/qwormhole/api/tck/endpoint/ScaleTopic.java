package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;

/** Many connections, and what is left when they have gone: nothing. */
interface ScaleTopic extends Topic {
  int CONNECTIONS = 1000;

  @Test
  default void aThousandConnectionsAreServedAndGone() throws Exception {
    long before = descriptors();
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().maxPending(CONNECTIONS).loops(2), serverTrace);
    QWormholeRuntime runtime = new QWormholeRuntime();
    stage().addEndpoint(runtime);
    List<QWormholeClient<String>> clients = new ArrayList<>();
    List<ClientTrace<String>> traces = new ArrayList<>();
    List<CompletableFuture<Connection<String>>> ready = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      ClientTrace<String> trace = new ClientTrace<>();
      stage().watch(trace);
      traces.add(trace);
      clients.add(runtime.client(stage().client(server.port()).build(), trace));
      ready.add(clients.get(i).connect());
    }
    ready.forEach(connect -> Deadline.get("connect", connect));
    assertThat(server.connectionCount()).isEqualTo(CONNECTIONS);
    assertThat(server.broadcast("to all").sent()).isEqualTo(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.get(i).send("from " + i);
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      assertThat(traces.get(i).messages.await(2)).containsExactly("to all", "from " + i);
    }
    server.close();
    assertThat(serverTrace.closed.all()).hasSize(CONNECTIONS);
    runtime.close();
    assertThat(traces).allMatch(trace -> trace.closed.count() >= 1);
    Deadline.until("descriptors to be released", () -> descriptors() <= before);
  }

  @Test
  default void endpointsLeaveNoDescriptorBehind() throws Exception {
    openAndClose();
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      openAndClose();
    }
    Deadline.until("descriptors to be released", () -> descriptors() <= before);
  }

  private void openAndClose() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()), new ClientTrace<>());
    WirePeer orderly = stage().dial(server).legacy();
    stage().dial(server).legacy().reset();
    stage().dial(server).send("garbage").awaitEnd();
    orderly.close();
    stage().closePeers();
    client.close();
    server.close();
  }

  /** Sockets and event descriptors of this process. */
  private static long descriptors() throws IOException {
    Path all = Path.of("/proc/self/fd");
    if (!Files.isDirectory(all)) {
      return abort("this machine has no /proc/self/fd");
    }
    long count = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(all)) {
      for (Path path : each) {
        count += isCounted(path) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isCounted(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:");
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }
}
