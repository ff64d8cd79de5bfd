package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.Sender;
import qwormhole.api.ServerListener;
import qwormhole.api.codec.Codec;

/** Messages arrive whole, once and in order, whatever their size and whoever sends them. */
interface MessagesTopic extends Topic {

  /** Around the sizes of length word, page, segment, in-place write and read buffer. */
  List<Integer> SIZES =
      List.of(
          0, 1, 3, 4, 5, 4091, 4092, 4093, 4094, 4095, 4096, 4097, 16_383, 16_384, 16_385, 65_528,
          65_531, 65_532, 65_533, 65_535, 65_536, 65_537, 65_544, 262_139, 262_140, 262_143,
          262_144, 262_145, 1 << 20, 4 << 20);

  int THREADS = 8;
  int MESSAGES_PER_THREAD = 300;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  default void everySizeComesBackFromAnEchoOfViews(int loops) {
    QWormholeServer<ByteBuffer> server =
        stage()
            .listen(
                stage().server(Codec.bytes()).autoPause(true).loops(loops),
                ServerListener.of((peer, view) -> peer.send(view)));
    ClientTrace<byte[]> trace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()), trace);
    sendEverySize(client);
    assertEverySize(trace);
  }

  @Test
  default void everySizeGoesBothWaysAtOnce() {
    ServerTrace<byte[]> serverTrace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), serverTrace);
    ClientTrace<byte[]> clientTrace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()), clientTrace);
    Connection<byte[]> connection = serverTrace.connections.next();
    CompletableFuture<Void> serverSends =
        CompletableFuture.runAsync(() -> sendEverySize(connection));
    sendEverySize(client);
    Deadline.get("the server to send", serverSends);
    assertEverySize(clientTrace);
    assertEverySize(serverTrace);
  }

  private static void sendEverySize(Sender<byte[]> sender) {
    for (int size : SIZES) {
      assertThat(sender.send(Bytes.of(size), Deadline.LONG))
          .as("sending %d bytes", size)
          .isEqualTo(SendResult.SENT);
    }
  }

  private static void assertEverySize(Trace<byte[]> trace) {
    List<byte[]> arrived = trace.messages.await(SIZES.size());
    for (int i = 0; i < SIZES.size(); i++) {
      Bytes.assertSame(arrived.get(i), Bytes.of(SIZES.get(i)));
    }
    assertThat(arrived).hasSize(SIZES.size());
  }

  @Test
  default void directMemoryOfEverySizeArrives() {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    QWormholeClient<ByteBuffer> client =
        stage()
            .connect(stage().client(Codec.bytes(), server.port()), new ClientTrace<ByteBuffer>());
    for (int size : SIZES) {
      ByteBuffer message = ByteBuffer.allocateDirect(size + 7).position(3).limit(size + 3);
      message.put(Bytes.of(size)).position(3);
      assertThat(client.send(message, Deadline.LONG)).isEqualTo(SendResult.SENT);
      assertThat(message.position()).as("the position is left as it was").isEqualTo(3);
      message.clear().put(new byte[size + 7]); // the memory is the sender's again
    }
    assertEverySize(trace);
  }

  @Test
  default void eightThreadsAndTheHandlersLoseNothing() throws Exception {
    int total = THREADS * MESSAGES_PER_THREAD;
    ServerTrace<byte[]> serverTrace = ServerTrace.echo();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).autoPause(true), serverTrace);
    ClientTrace<byte[]> clientTrace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()), clientTrace);
    Connection<byte[]> connection = serverTrace.connections.next();
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      senders.add(WirePeer.inBackground(() -> sendNumbered(client, number)));
      senders.add(WirePeer.inBackground(() -> sendNumbered(connection, THREADS + number)));
    }
    senders.forEach(sender -> Deadline.get("a sender", sender));
    assertNumbered(serverTrace.messages.await(total), THREADS);
    assertNumbered(
        clientTrace.messages.await(2 * total), 2 * THREADS); // echoes and the server's own
  }

  private static Void sendNumbered(Sender<byte[]> sender, int thread) {
    Random random = new Random(Bytes.SEED + thread);
    for (int i = 0; i < MESSAGES_PER_THREAD; i++) {
      int size = 8 + (i % 10 == 0 ? random.nextInt(40_000) : random.nextInt(300));
      byte[] message = new byte[size];
      ByteBuffer.wrap(message).putInt(thread).putInt(i);
      message[size - 1] = size == 8 ? message[7] : (byte) i;
      assertThat(sender.send(message, Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    return null;
  }

  private static void assertNumbered(List<byte[]> arrived, int threads) {
    Map<Integer, Integer> next = new HashMap<>();
    for (byte[] message : arrived) {
      int thread = ByteBuffer.wrap(message).getInt();
      int number = ByteBuffer.wrap(message).getInt(4);
      assertThat(number)
          .as("message of sender %d, seed %d", thread, Bytes.SEED)
          .isEqualTo(next.getOrDefault(thread, 0));
      assertThat(message[message.length - 1]).isEqualTo((byte) number);
      next.put(thread, number + 1);
    }
    assertThat(next)
        .hasSize(threads)
        .allSatisfy((t, n) -> assertThat(n).isEqualTo(MESSAGES_PER_THREAD));
  }

  @Test
  default void aMillionEmptyMessagesArriveWhileOthersAreServed() throws Exception {
    int count = 1_000_000;
    int[] empty = new int[1];
    CompletableFuture<Void> all = new CompletableFuture<>();
    QWormholeServer<ByteBuffer> server =
        stage()
            .listen(
                stage().server(Codec.bytes()),
                ServerListener.of(
                    (peer, view) -> {
                      if (view.hasRemaining()) {
                        peer.send(view);
                      } else if (++empty[0] == count) {
                        all.complete(null);
                      }
                    }));
    Bystander bystander = new Bystander(stage(), server.port());
    WirePeer peer = stage().dial(server).legacy();
    CompletableFuture<Void> written = peer.writeInBackground(new byte[4 * count]);
    bystander.assertServed();
    Deadline.get("the frames to be written", written);
    Deadline.get("the messages", all);
    bystander.assertServed();
  }

  @Test
  default void framesInOneBytePiecesArrive() throws Exception {
    ServerTrace<String> trace = ServerTrace.echo();
    QWormholeServer<String> server = stage().listen(stage().server(), trace);
    WirePeer peer = stage().dial(server);
    byte[] stream =
        Wire.concat(
            Wire.frame(Wire.LEGACY_HANDSHAKE),
            Wire.frame("one"),
            Wire.frame(""),
            Wire.frame("two"));
    for (byte each : stream) {
      peer.write(new byte[] {each});
    }
    assertThat(peer.readText()).isEqualTo("one");
    assertThat(peer.readText()).isEmpty();
    assertThat(peer.readText()).isEqualTo("two");
  }
}
