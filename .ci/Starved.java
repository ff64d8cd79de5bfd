import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.telemetry.TelemetryEvent;

/**
 * A server with eight echoing peers in a process that gets too little of the processors. Fails when a
 * loop is given up, a connection ends or a handler is blamed although nothing hangs.
 *
 * <p>Arguments: how many threads are busy beside it, for how many seconds, the transport's id.
 */
public class Starved {
  private static final int PEERS = 8;
  private static final Queue<String> FAULTS = new ConcurrentLinkedQueue<>();
  private static final AtomicLong ECHOES = new AtomicLong();
  private static volatile boolean over;
  private static volatile double sink;

  public static void main(String[] args) throws Exception {
    int busy = Integer.parseInt(args[0]);
    long seconds = Long.parseLong(args[1]);
    String provider = args[2];
    var options =
        ServerOptions.builder(Codec.text())
            .port(0)
            .require(provider)
            .idleTimeout(Duration.ZERO)
            .handshakeTimeout(Duration.ofMinutes(2))
            .telemetry(Starved::look)
            .build();
    QWormholeServer<String> server = QWormhole.listen(options, new Echo());
    List<QWormholeClient<String>> clients = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      var client =
          QWormhole.client(
              ClientOptions.builder(Codec.text())
                  .port(server.port())
                  .require(provider)
                  .idleTimeout(Duration.ZERO)
                  .connectTimeout(Duration.ofMinutes(2))
                  .handshakeTimeout(Duration.ofMinutes(2))
                  .telemetry(Starved::look)
                  .build(),
              new Peer());
      client.connect().join();
      client.send("x");
      clients.add(client);
    }
    for (int i = 0; i < busy; i++) {
      Thread thread = new Thread(Starved::spin, "busy-" + i);
      thread.setPriority(Thread.MAX_PRIORITY);
      thread.setDaemon(true);
      thread.start();
    }
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(seconds).toNanos();
    long longest = 0;
    for (long last = start; FAULTS.isEmpty() && last - end < 0; ) {
      Thread.sleep(100);
      long now = System.nanoTime();
      longest = Math.max(longest, now - last);
      last = now;
    }
    List<String> faults = List.copyOf(FAULTS); // what the close says is none
    over = true;
    System.out.printf(
        "%s: %d echoes in %d s, a sleep of 100 ms took up to %d ms%n",
        provider, ECHOES.get(), (System.nanoTime() - start) / 1_000_000_000, longest / 1_000_000);
    faults.forEach(fault -> System.out.println("FAILED: " + fault));
    if (ECHOES.get() == 0) {
      System.out.println("FAILED: no echo came");
    }
    System.exit(faults.isEmpty() && ECHOES.get() > 0 ? 0 : 1);
  }

  private static void spin() {
    double x = 1;
    while (!over) {
      for (int i = 0; i < 10_000; i++) {
        x = Math.sqrt(x + i);
      }
      sink = x;
    }
  }

  private static void look(TelemetryEvent event) {
    if (event instanceof TelemetryEvent.LoopBlocked) {
      FAULTS.add(event.toString());
    }
  }

  private static final class Echo implements ServerListener<String> {
    @Override
    public void onMessage(Connection<String> connection, String message) {
      connection.send(message);
    }

    @Override
    public void onClosed(Connection<String> connection, CloseReason reason) {
      FAULTS.add("a connection of the server's closed: " + reason);
    }

    @Override
    public void onFailover(ProviderReport report) {
      FAULTS.add("the server moved: " + report);
    }

    @Override
    public void onError(Connection<String> connection, QWormholeException error) {
      FAULTS.add("the server: " + error);
    }
  }

  private static final class Peer implements ClientListener<String> {
    @Override
    public void onMessage(Connection<String> connection, String message) {
      ECHOES.incrementAndGet();
      connection.send(message);
    }

    @Override
    public void onClosed(Connection<String> connection, CloseReason reason) {
      FAULTS.add("a client's connection closed: " + reason);
    }

    @Override
    public void onFailover(ProviderReport report) {
      FAULTS.add("a client moved: " + report);
    }

    @Override
    public void onError(QWormholeException error) {
      FAULTS.add("a client: " + error);
    }
  }
}
