package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.ServerListener;
import qwormhole.api.codec.Codec;

/** Reading that stops and goes on: for the application, for the peer's sake, for a rate. */
interface FlowTopic extends Topic {

  @ParameterizedTest
  @CsvSource({
    // message, messages, largest frame, outbound limit
    "100, 50000, 1000, 8000",
    "1000, 20000, 4194304, 5242880",
    "65536, 500, 4194304, 5242880",
    "4194304, 12, 4194304, 5242880",
    "4194304, 12, 4194304, 4194312",
  })
  default void anEchoThatPausesByItselfRefusesNothing(int size, int count, int frame, int limit)
      throws Exception {
    CompletableFuture<SendResult> refused = new CompletableFuture<>();
    QWormholeServer<ByteBuffer> server =
        stage()
            .listen(
                stage()
                    .server(Codec.bytes())
                    .autoPause(true)
                    .maxFrameBytes(frame)
                    .maxOutboundBytes(limit),
                ServerListener.of(
                    (peer, view) -> {
                      SendResult result = peer.trySend(view);
                      if (result != SendResult.SENT) {
                        refused.complete(result);
                      }
                    }));
    WirePeer peer = stage().dial(server).legacy();
    byte[] message = Bytes.of(size);
    CompletableFuture<Void> written =
        WirePeer.inBackground(
            () -> {
              byte[] framed = Wire.frame(message);
              for (int i = 0; i < count; i++) {
                peer.write(framed);
              }
              return null;
            });
    awaitStandstill(server);
    for (int i = 0; i < count && !refused.isDone(); i++) {
      Bytes.assertSame(peer.readMessage(), message);
    }
    assertThat(refused).as("nothing is refused").isNotDone();
    Deadline.get("all to be written", written);
  }

  /** The client has sent much before it reads: until the server stops reading. */
  private static void awaitStandstill(QWormholeServer<?> server) {
    Deadline.until("a connection", () -> server.connectionCount() == 1);
    Connection<?> connection = server.connections().iterator().next();
    long[] last = {-1};
    Deadline.throughout(
        "anything",
        () -> {
          last[0] = connection.statistics().bytesIn();
          return true;
        });
    assertThat(last[0]).isPositive();
  }

  @Test
  default void aPausedConnectionDeliversNothingUntilItIsResumed() throws Exception {
    ServerTrace<String> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<String> connection, String message) {
            if (message.equals("stop")) {
              connection.pauseReads();
            }
          }
        };
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server).legacy();
    peer.write(Wire.frame("one"), Wire.frame("stop"), Wire.frame("two"), Wire.frame("three"));
    peer.send("four");
    Connection<String> connection = trace.connections.next();
    Deadline.throughout("nothing behind the pause", () -> trace.messages.count() <= 2);
    assertThat(trace.messages.await(2)).containsExactly("one", "stop");
    connection.send("sending goes on");
    assertThat(peer.readText()).isEqualTo("sending goes on");
    connection.resumeReads();
    assertThat(trace.messages.await(5)).containsExactly("one", "stop", "two", "three", "four");
    connection.pauseReads();
    connection.pauseReads();
    peer.send("five");
    Deadline.throughout("a pause from another thread", () -> trace.messages.count() <= 5);
    connection.resumeReads();
    assertThat(trace.messages.await(6)).endsWith("five");
  }

  @Test
  default void aPausedClientDeliversNothingUntilItIsResumed() {
    ServerTrace<String> serverTrace = new ServerTrace<>();
    QWormholeServer<String> server = stage().listen(stage().server(), serverTrace);
    ClientTrace<String> trace = new ClientTrace<>();
    stage().connect(stage().client(server.port()), trace);
    trace.ready.next().pauseReads();
    Connection<String> toClient = serverTrace.connections.next();
    toClient.send("x");
    Deadline.throughout("nothing", () -> trace.messages.count() == 0);
    trace.ready.all().get(0).resumeReads();
    assertThat(trace.messages.next()).isEqualTo("x");
  }

  @Test
  default void whatIsSentKeepsToItsRate() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).outboundRate(1_000_000, 50_000), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    long start = System.nanoTime();
    for (int i = 0; i < 60; i++) {
      connection.send(Bytes.of(10_000));
    }
    for (int i = 0; i < 60; i++) {
      Bytes.assertSame(peer.readMessage(), Bytes.of(10_000));
    }
    assertRate(start, 600_000 - 50_000);
  }

  @Test
  default void whatIsReadKeepsToItsRate() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).inboundRate(1_000_000, 50_000), trace);
    WirePeer peer = stage().dial(server).legacy();
    long start = System.nanoTime();
    CompletableFuture<Void> written =
        WirePeer.inBackground(
            () -> {
              for (int i = 0; i < 90; i++) {
                peer.write(Wire.frame(Bytes.of(10_000)));
              }
              return null;
            });
    trace.messages.await(90).forEach(message -> Bytes.assertSame(message, Bytes.of(10_000)));
    // A read may go into debt by all of a read buffer.
    assertRate(start, 900_000 - 50_000 - (256 << 10));
    Deadline.get("all to be written", written);
  }

  /** Never faster than a megabyte a second; much slower only on a machine that does other things. */
  private static void assertRate(long start, long bytes) {
    long elapsed = System.nanoTime() - start;
    assertThat(elapsed)
        .as("nanoseconds for %d bytes", bytes)
        .isBetween(bytes * 900, bytes * 900 + TimeUnit.SECONDS.toNanos(10));
  }
}
