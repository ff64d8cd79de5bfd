package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.codec.Codec;

/** Handlers on an executor: in order, bounded, and nobody else's business. */
interface ExecutorTopic extends Topic {

  @Test
  default void oneConnectionsEventsKeepTheirOrder() throws Exception {
    ExecutorService executor = executor(4);
    int count = 5000;
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            assertThat(Thread.currentThread().getName()).startsWith("tck-handler");
          }
        };
    QWormholeServer<String> server =
        stage().listen(stage().server().handlerExecutor(executor), trace);
    WirePeer one = stage().dial(server).legacy();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < count; i++) {
      one.send("m" + i);
      expected.append("m").append(i);
    }
    one.close();
    trace.closed.next();
    assertThat(String.join("", trace.messages.await(count))).isEqualTo(expected.toString());
    assertThat(trace.errors.all()).isEmpty();
    assertThat(trace.log.all()).startsWith("listening", "connection", "message").endsWith("closed");
  }

  private ExecutorService executor(int threads) {
    ExecutorService executor =
        Executors.newFixedThreadPool(threads, task -> new Thread(task, "tck-handler"));
    stage().addLast(executor::shutdownNow);
    return executor;
  }

  @Test
  default void aBlockedHandlerHoldsUpNobodyElseAndLittleIsRead() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ServerTrace<byte[]> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<byte[]> connection, byte[] message) {
            await(release);
          }
        };
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).handlerExecutor(executor(2)), trace);
    WirePeer peer = stage().dial(server).legacy();
    int count = 500;
    CompletableFuture<Void> written = writeNumbered(peer, count);
    assertReadingStops(trace.connections.next());
    stage().dial(server).legacy();
    trace.connections.next(); // the other thread and the loop are free
    release.countDown();
    List<byte[]> messages = trace.messages.await(count);
    for (int i = 0; i < count; i++) {
      Congestion.assertNumber(messages.get(i), i);
    }
    Deadline.get("all to be written", written);
  }

  private static void await(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Void> writeNumbered(WirePeer peer, int count) {
    return WirePeer.inBackground(
        () -> {
          for (int i = 0; i < count; i++) {
            peer.write(Wire.frame(Congestion.numbered(i)));
          }
          return null;
        });
  }

  /** At most a megabyte waits for handlers, besides what is read at once. */
  private static void assertReadingStops(Connection<byte[]> connection) {
    Deadline.until("much to arrive", () -> connection.statistics().bytesIn() > 1 << 20);
    Deadline.throughout(
        "reading to have stopped", () -> connection.statistics().bytesIn() < 4 << 20);
  }

  @Test
  default void theNextConnectionWaitsForTheHandlersOfTheOneBefore() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ClientTrace<byte[]> trace =
        new ClientTrace<>() {
          @Override
          void message(Connection<byte[]> connection, byte[] message) {
            ExecutorTopic.await(release);
          }
        };
    WireListener listener = stage().wireListener();
    QWormholeClient<byte[]> client =
        stage()
            .make(
                stage()
                    .client(Bytes.CODEC, listener.port())
                    .handlerExecutor(executor(1))
                    .reconnect(ConnectTopic.SOON),
                trace);
    var unused = client.connect();
    WirePeer first = listener.accept();
    first.welcome();
    int count = 200;
    CompletableFuture<Void> lost = writeNumbered(first, count);
    Connection<byte[]> connection = trace.ready.next();
    assertReadingStops(connection);
    first.reset();
    Deadline.failure("what is written meanwhile", lost);
    Deadline.until(
        "a send to find out",
        () -> {
          client.trySend(new byte[1]);
          return client.connection().orElse(null) != connection;
        });
    WirePeer second = listener.accept();
    second.welcome();
    CompletableFuture<Void> written = writeNumbered(second, count);
    Deadline.until("the next connection", () -> client.connection().isPresent());
    Connection<byte[]> next = client.connection().orElseThrow();
    Deadline.throughout("little to be read", () -> next.statistics().bytesIn() < 4 << 20);
    release.countDown();
    Deadline.get("all to be written", written);
    Deadline.until("the last message", () -> next.statistics().messagesIn() == count);
  }

  @Test
  default void viewsMayBeKept() throws Exception {
    Inbox<ByteBuffer> kept = new Inbox<>("view");
    QWormholeServer<ByteBuffer> server =
        stage()
            .listen(
                stage().server(Codec.bytes()).handlerExecutor(executor(1)),
                ServerListener.of((peer, view) -> kept.add(view)));
    WirePeer peer = stage().dial(server).legacy();
    for (int i = 0; i < 100; i++) {
      peer.write(Wire.frame(Bytes.of(i * 100)));
    }
    List<ByteBuffer> views = kept.await(100);
    for (int i = 0; i < 100; i++) {
      Bytes.assertSame(Bytes.copy(views.get(i)), Bytes.of(i * 100));
    }
  }

  @Test
  default void aClientsEventsKeepTheirOrder() {
    QWormholeServer<String> server = stage().listen(stage().server(), ServerTrace.echo());
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).handlerExecutor(executor(4)), trace);
    for (int i = 0; i < 1000; i++) {
      client.send("m" + i);
    }
    List<String> messages = trace.messages.await(1000);
    client.close();
    trace.end();
    for (int i = 0; i < 1000; i++) {
      assertThat(messages.get(i)).isEqualTo("m" + i);
    }
    assertThat(trace.log.all())
        .startsWith("connected", "ready", "message")
        .endsWith("closed", "clientClosed");
  }

  @Test
  default void endpointsCanCloseInsideTheirHandlersThere() {
    CompletableFuture<QWormholeServer<String>> self = new CompletableFuture<>();
    ServerTrace<String> serverTrace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            connection.send("bye");
            self.join().close(Deadline.LONG);
          }
        };
    CompletableFuture<QWormholeClient<String>> clientSelf = new CompletableFuture<>();
    ClientTrace<String> trace =
        new ClientTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            clientSelf.join().close(Deadline.LONG);
          }
        };
    ExecutorService executor = executor(2);
    long start = System.nanoTime();
    QWormholeServer<String> server =
        stage().listen(stage().server().handlerExecutor(executor), serverTrace);
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).handlerExecutor(executor), trace);
    self.complete(server);
    clientSelf.complete(client);
    client.send("x");
    Deadline.get("the client", client.closed());
    Deadline.get("the server", server.closed());
    assertThat(System.nanoTime() - start)
        .as("nanoseconds, with a grace that nobody has to wait for")
        .isLessThan(Deadline.LONG.toNanos() / 2);
  }

  @Test
  default void anExecutorThatRefusesLosesNoEvents() {
    ExecutorService executor = executor(1);
    ServerTrace<String> serverTrace = ServerTrace.echo();
    QWormholeServer<String> server =
        stage().listen(stage().server().handlerExecutor(executor), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    QWormholeClient<String> client =
        stage().connect(stage().client(server.port()).handlerExecutor(executor), trace);
    executor.shutdown();
    for (int i = 0; i < 200; i++) {
      client.send("m" + i);
    }
    assertThat(trace.messages.await(200)).last().isEqualTo("m199");
    client.close();
    assertThat(trace.isOver()).as("close returns when the end was told").isTrue();
    serverTrace.closed.next();
  }
}
