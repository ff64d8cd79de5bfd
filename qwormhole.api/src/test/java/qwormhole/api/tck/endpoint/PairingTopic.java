package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;
import qwormhole.api.Sender;
import qwormhole.api.codec.Codec;

/** Two providers with each other: nothing is lost, whoever sends what and how much. */
interface PairingTopic extends Topic {

  int SENDERS = 8;
  int SMALL_ONES = 300;

  @Test
  default void eightThreadsAndTheHandlersOfBothSidesLoseNoByteUpToFourMebibytes() throws Exception {
    Tally atServer = new Tally();
    Tally atClient = new Tally();
    ServerTrace<ByteBuffer> serverTrace =
        new ServerTrace<>() {
          @Override
          void message(Connection<ByteBuffer> connection, ByteBuffer message) {
            atServer.received(connection, message);
          }

          @Override
          void drain(Connection<ByteBuffer> connection) {
            atServer.answer(connection);
          }
        };
    ClientTrace<ByteBuffer> clientTrace =
        new ClientTrace<>() {
          @Override
          void message(Connection<ByteBuffer> connection, ByteBuffer message) {
            atClient.received(connection, message);
          }

          @Override
          void drain(Connection<ByteBuffer> connection) {
            atClient.answer(connection);
          }
        };
    QWormholeServer<ByteBuffer> server = stage().listen(stage().server(Codec.bytes()), serverTrace);
    QWormholeClient<ByteBuffer> client =
        stage().connect(stage().client(Codec.bytes(), server.port()), clientTrace);
    Connection<ByteBuffer> connection = serverTrace.connections.next();
    List<int[]> sizes = sizes();
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      sending.add(WirePeer.inBackground(() -> send(client, sender, sizes.get(sender))));
      sending.add(WirePeer.inBackground(() -> send(connection, sender, sizes.get(sender))));
    }
    sending.forEach(each -> Deadline.get("a sender", each));
    atServer.assertComplete(sizes);
    atClient.assertComplete(sizes);
  }

  private static Void send(Sender<ByteBuffer> peer, int sender, int[] sizes) {
    int number = 0;
    for (int size : sizes) {
      byte[] message = Sample.of(sender, number, size);
      number += Sample.isSigned(size) ? 1 : 0;
      assertThat(peer.send(ByteBuffer.wrap(message), Deadline.LONG))
          .as("sending %d bytes", size)
          .isEqualTo(SendResult.SENT);
    }
    return null;
  }

  /** For each sender every size of {@link MessagesTopic}, and small ones, in an order of its own. */
  private static List<int[]> sizes() {
    List<int[]> all = new ArrayList<>();
    for (int sender = 0; sender < SENDERS; sender++) {
      Random random = new Random(Bytes.SEED + sender);
      List<Integer> sizes = new ArrayList<>(MessagesTopic.SIZES);
      random.ints(SMALL_ONES, 0, 400).forEach(sizes::add);
      Collections.shuffle(sizes, random);
      all.add(sizes.stream().mapToInt(Integer::intValue).toArray());
    }
    return all;
  }
}
