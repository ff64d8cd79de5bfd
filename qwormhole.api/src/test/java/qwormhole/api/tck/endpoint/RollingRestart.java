package qwormhole.api.tck.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.SendResult;
import qwormhole.api.ServerOptions;
import qwormhole.api.SessionLoss;

/** What many clients send while their servers take turns, and what becomes of it. */
final class RollingRestart {
  static final int CLIENTS = 64;
  static final int RESTARTS = 4;

  private static final int MESSAGES_BETWEEN = 2_000;

  final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
  final Queue<String> handled = new ConcurrentLinkedQueue<>();
  final Queue<String> named = new ConcurrentLinkedQueue<>();
  volatile boolean over;

  ServerOptions.Builder<String> server(Stage stage) {
    return stage.server().resumable(true);
  }

  ServerTrace<String> atServer() {
    return new ServerTrace<>() {
      @Override
      void message(Connection<String> connection, String message) {
        handled.add(message);
      }
    };
  }

  ClientTrace<String> atClient() {
    return new ClientTrace<>() {
      @Override
      void lost(Connection<String> connection, SessionLoss<String> loss) {
        named.addAll(loss.unknown());
      }
    };
  }

  /** Each client sends in its turn, also while it has no link. */
  Thread startSending(List<QWormholeClient<String>> clients) {
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; !over; i++) {
                String message = String.valueOf(i);
                if (clients.get(i % CLIENTS).trySend(message) == SendResult.SENT) {
                  accepted.add(message);
                }
                LockSupport.parkNanos(i % CLIENTS == 0 ? 100_000 : 0);
              }
            },
            "sender");
    sender.setDaemon(true);
    sender.start();
    return sender;
  }

  /** Goes on when a good number of messages more have been handled. */
  void awaitTraffic() {
    int before = handled.size();
    Deadline.until("traffic", () -> handled.size() >= before + MESSAGES_BETWEEN);
  }

  static boolean hasNothingUnderWay(QWormholeClient<String> client) {
    return client.connection().filter(connection -> connection.unconfirmed() == 0).isPresent();
  }
}
