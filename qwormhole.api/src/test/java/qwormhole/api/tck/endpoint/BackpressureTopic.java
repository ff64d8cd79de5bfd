package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Batch;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.ServerOptions;

/** A peer that does not read: bounded, told, and nothing that was accepted is lost. */
interface BackpressureTopic extends Topic {
  int LIMIT = 1 << 20;

  private ServerOptions.Builder<byte[]> limited() {
    return stage().server(Bytes.CODEC).maxFrameBytes(LIMIT / 8).maxOutboundBytes(LIMIT);
  }

  @Test
  default void aServersQueueIsBoundedAndAllThatWasAcceptedArrives() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    assertBounded(trace, trace.connections.next(), peer);
  }

  @Test
  default void aClientsQueueIsBoundedAndAllThatWasAcceptedArrives() throws Exception {
    WireListener listener = stage().wireListener();
    ClientTrace<byte[]> trace = new ClientTrace<>();
    var unused =
        stage()
            .make(
                stage()
                    .client(Bytes.CODEC, listener.port())
                    .maxFrameBytes(LIMIT / 8)
                    .maxOutboundBytes(LIMIT),
                trace)
            .connect();
    WirePeer peer = listener.accept();
    peer.welcome();
    assertBounded(trace, trace.ready.next(), peer);
  }

  private static void assertBounded(
      Trace<byte[]> trace, Connection<byte[]> connection, WirePeer peer) throws Exception {
    int sent = Congestion.flood(connection);
    var full = connection.statistics();
    assertThat(full.queuedBytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(full.maxQueuedBytes()).isEqualTo(LIMIT);
    assertThat(trace.backpressured.next()).isSameAs(connection);
    while (connection.trySend(Congestion.numbered(sent)) == SendResult.SENT) {
      sent++; // the kernel took some more meanwhile
    }
    assertThat(connection.trySend(new byte[LIMIT / 8])).isEqualTo(SendResult.BACK_PRESSURED);
    Deadline.throughout("onBackpressure once", () -> trace.backpressured.count() == 1);
    assertThat(trace.drained.all()).isEmpty();
    assertThat(connection.statistics().refused()).isGreaterThanOrEqualTo(3);
    for (int i = 0; i < sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
    assertThat(trace.drained.next()).isSameAs(connection);
    assertThat(connection.trySend(Congestion.numbered(sent))).isEqualTo(SendResult.SENT);
    Congestion.assertNumber(peer.readMessage(), sent);
    Deadline.until("the queue to be empty", () -> connection.statistics().queuedBytes() == 0);
    assertThat(connection.statistics().messagesOut()).isEqualTo(sent + 1);
    assertThat(trace.backpressured.count()).isEqualTo(1);
    assertThat(trace.drained.count()).isEqualTo(1);
  }

  @Test
  default void othersAreServedWhileAPeerDoesNotRead() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    stage().dial(server).legacy();
    Connection<byte[]> stuck = trace.connections.next();
    Congestion.flood(stuck);
    WirePeer other = stage().dial(server).legacy();
    Connection<byte[]> toOther = trace.connections.next();
    toOther.send(Bytes.of(1000));
    Bytes.assertSame(other.readMessage(), Bytes.of(1000));
    assertThat(server.broadcast(new byte[LIMIT / 8]))
        .isEqualTo(new QWormholeServer.BroadcastResult(1, 1));
    assertThat(other.readMessage()).hasSize(LIMIT / 8);
  }

  @Test
  default void aBlockingSendWaitsForRoom() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.flood(connection);
    CompletableFuture<SendResult> waiting =
        WirePeer.inBackground(() -> connection.send(Congestion.numbered(sent), Deadline.LONG));
    Deadline.throughout("the sender to wait", () -> !waiting.isDone());
    for (int i = 0; i <= sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
    assertThat(Deadline.get("the sender", waiting)).isEqualTo(SendResult.SENT);
  }

  @Test
  default void aBlockingSendGivesUpInTimeAndWhenInterrupted() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.flood(connection);
    Duration timeout = Duration.ofMillis(100);
    long start = System.nanoTime();
    assertThat(connection.send(new byte[LIMIT / 8], timeout)).isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
    Thread.currentThread().interrupt();
    assertThat(connection.send(new byte[LIMIT / 8], Deadline.LONG))
        .isEqualTo(SendResult.BACK_PRESSURED);
    assertThat(Thread.interrupted()).as("the interrupt status stays set").isTrue();
    connection.close();
    for (int i = 0; i < sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
    peer.assertEnd(); // nothing of what was refused
  }

  @Test
  default void aBlockingSenderIsReleasedWhenTheConnectionEnds() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    Congestion.flood(connection);
    CompletableFuture<SendResult> waiting =
        WirePeer.inBackground(() -> connection.send(new byte[LIMIT / 8], Deadline.LONG));
    Deadline.throughout("the sender to wait", () -> !waiting.isDone());
    peer.reset();
    assertThat(Deadline.get("the sender", waiting)).isEqualTo(SendResult.CLOSED);
  }

  @Test
  default void aHandlerOnTheLoopIsNotHeld() throws Exception {
    CompletableFuture<Integer> accepted = new CompletableFuture<>();
    ServerTrace<byte[]> trace =
        new ServerTrace<>() {
          @Override
          void message(Connection<byte[]> connection, byte[] message) {
            int sent = 0;
            while (connection.send(Congestion.numbered(sent), Deadline.LONG) == SendResult.SENT) {
              sent++;
            }
            accepted.complete(sent);
          }
        };
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy().send("go");
    int sent = Deadline.get("the handler to come back", accepted);
    for (int i = 0; i < sent; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
  }

  @Test
  default void aBatchIsBoundedAndItsAcceptedMessagesArrive() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = 0;
    try (Batch<byte[]> batch = connection.batch()) {
      while (batch.trySend(small(sent)) == SendResult.SENT) {
        sent++;
      }
      assertThat(batch.send(small(sent), Duration.ofMillis(50)))
          .isEqualTo(SendResult.BACK_PRESSURED);
      assertThat(connection.statistics().queuedBytes()).isLessThanOrEqualTo(LIMIT);
      for (int i = 0; i < sent / 2; i++) {
        assertThat(peer.readMessage()).isEqualTo(small(i));
      }
      assertThat(batch.send(small(sent), Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    for (int i = sent / 2; i <= sent; i++) {
      assertThat(peer.readMessage()).isEqualTo(small(i));
    }
  }

  private static byte[] small(int number) {
    return java.nio.ByteBuffer.allocate(1000).putInt(number).array();
  }

  @Test
  default void aFutureCompletesWhenTheBytesAreWithTheKernel() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(limited(), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int sent = Congestion.fill(connection);
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      futures.add(connection.sendAsync(Congestion.numbered(sent + i)));
    }
    assertThat(futures.get(2)).isNotDone();
    for (int i = 0; i < sent + 3; i++) {
      Congestion.assertNumber(peer.readMessage(), i);
    }
    futures.forEach(future -> Deadline.get("a future", future));
  }
}
