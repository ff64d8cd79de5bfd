package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.SendResult;

/** What goes first when messages have to wait. */
interface PriorityTopic extends Topic {

  @Test
  default void lowerNumbersGoFirstAndEqualOnesInOrder() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server = stage().listen(stage().server(Bytes.CODEC), trace);
    WirePeer peer = stage().dial(server).legacy();
    Connection<byte[]> connection = trace.connections.next();
    int before = Congestion.fill(connection);
    int[] priorities = {7, 0, -3, 7, 100, 0, -3, Integer.MAX_VALUE, Integer.MIN_VALUE, 7, 0};
    for (int i = 0; i < priorities.length; i++) {
      byte[] message = {(byte) i};
      assertThat(connection.trySend(message, priorities[i])).isEqualTo(SendResult.SENT);
    }
    List<Integer> order = new ArrayList<>();
    int filling = 0;
    while (order.size() < priorities.length || filling < before) {
      byte[] message = peer.readMessage();
      if (message.length == 1) {
        order.add((int) message[0]);
      } else {
        Congestion.assertNumber(message, filling++);
      }
    }
    assertThat(order).containsExactly(8, 2, 6, 1, 5, 10, 0, 3, 9, 4, 7);
  }

  @Test
  default void theHandshakeGoesBeforeMessagesThatAreSentWhileConnecting() throws Exception {
    for (int i = 0; i < 50; i++) {
      ServerTrace<String> trace = new ServerTrace<>();
      QWormholeServer<String> server = stage().listen(stage().server(), trace);
      QWormholeClient<String> client =
          stage()
              .make(
                  stage().client(server.port()).reconnect(ReconnectPolicy.NONE),
                  new ClientTrace<>());
      var ready = client.connect();
      SendResult result = client.trySend("eager", Integer.MIN_VALUE);
      while (result == SendResult.NOT_CONNECTED) {
        Thread.onSpinWait();
        result = client.trySend("eager", Integer.MIN_VALUE);
      }
      assertThat(result).isEqualTo(SendResult.SENT);
      Deadline.get("connect", ready);
      assertThat(trace.messages.await(1)).containsExactly("eager");
      client.close();
      server.close();
    }
  }
}
