package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.UnavailableException;

/**
 * Serves loading benches, one at a time: for each a new server process, whose commands it relays. What
 * a bench asks for is checked by that process; where it listens is this side's own decision.
 */
public final class ControlServer implements AutoCloseable {
  private static final Duration HELLO = Duration.ofSeconds(10);

  /** The longest round that can be asked for, and some more. */
  private static final Duration ROUND = Duration.ofHours(12);

  private final Children children = new Children();
  private final ServerSocket listener = new ServerSocket();
  private final AtomicReference<Thread> session = new AtomicReference<>();
  private final String host;
  private final int dataPort;
  private final List<String> providers;
  private final Consumer<String> log;

  /**
   * Listens.
   *
   * @param port where benches come; 0 takes a free one
   * @param log told in a line of whoever comes
   * @param dataPort where the measured servers listen; 0 takes a free one each time
   */
  public ControlServer(
      String host, int port, int dataPort, List<String> providers, Consumer<String> log)
      throws IOException {
    this.host = host;
    this.dataPort = dataPort;
    this.providers = providers;
    this.log = log;
    listener.setReuseAddress(true);
    bind(port);
  }

  private void bind(int port) throws IOException {
    try {
      listener.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      close();
      throw new IOException("there is no host " + host, e);
    } catch (IOException e) {
      close();
      throw new IOException(
          "cannot listen on %s, port %d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  /** The port that benches come to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Serves until it is closed. */
  public void serve() throws IOException {
    while (!listener.isClosed()) {
      Socket socket;
      try {
        socket = listener.accept();
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
        throw e;
      }
      begin(new LineSocket(socket));
    }
  }

  private void begin(LineSocket line) throws IOException {
    Thread thread = new Thread(() -> converse(line), "control-session");
    thread.setDaemon(true);
    if (session.compareAndSet(null, thread)) {
      thread.start();
      return;
    }
    try (line) {
      line.write(Lines.of("busy"));
    } catch (IOException e) {
      log.accept(line.remote() + " came while another bench is served, and went");
    }
  }

  private void converse(LineSocket line) {
    try (line) {
      if (greet(line)) {
        try (Peer child = children.start(Role.SERVER)) {
          relay(line, child);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.accept(line.remote() + ": " + e.getMessage());
    } finally {
      session.set(null);
    }
  }

  private boolean greet(LineSocket line) throws IOException {
    ObjectNode hello = line.read(HELLO);
    String objection = hello == null ? "it said nothing" : Greeting.objection(hello);
    Greeting greeting = new Greeting(Machine.here(), providers);
    if (objection == null) {
      log.accept(line.remote() + ": serving");
      line.write(greeting.toJson());
      return true;
    }
    log.accept(line.remote() + ": refused: " + objection);
    line.write(greeting.toJson().put("kind", "refused").put("message", objection));
    return false;
  }

  private void relay(LineSocket line, Peer child) throws IOException {
    while (true) {
      ObjectNode command = line.read(ROUND);
      if (command == null || command.get("kind").asText().equals("close")) {
        return;
      }
      line.write(answer(child, command));
    }
  }

  private ObjectNode answer(Peer child, ObjectNode command) throws IOException {
    String kind = command.get("kind").asText();
    try {
      return switch (kind) {
        case "open" -> child.ask(placed(command), "opened", Limits.OPEN);
        case "expect" -> child.ask(command, "expecting", Limits.OPEN.plus(Limits.CLOSE));
        case "run" -> child.ask(command, "ran", ROUND);
        case "report" -> child.ask(command, "reported", Limits.OPEN);
        case "memory" -> child.ask(command, "holding", Limits.OPEN);
        default -> Lines.of("failed").put("message", "unknown command " + Fields.printable(kind));
      };
    } catch (UnavailableException e) {
      return Lines.of("unavailable").put("message", e.getMessage());
    } catch (ChildFailure e) {
      log.accept(e.getMessage());
      return Lines.of("failed").put("message", e.getMessage());
    }
  }

  private ObjectNode placed(ObjectNode open) {
    return open.put("host", host).put("port", dataPort).put("sharedClock", false);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    children.close();
  }
}
