package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.fallback.FallbackClients;
import qwormhole.bench.fallback.FallbackServer;
import qwormhole.bench.fallback.Happening;
import qwormhole.bench.fallback.Mortal;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;

/** A child of the fallback scenario: open, start, strike, await, finish. */
final class FallbackSession implements Session {
  private final Role role;
  private FallbackServer server;
  private FallbackClients clients;

  FallbackSession(Role role) {
    this.role = role;
  }

  @Override
  public ObjectNode handle(ObjectNode command) throws IOException {
    return switch (command.get("kind").asText()) {
      case "open" -> open(command);
      case "start" -> start();
      case "strike" -> Lines.of("struck").put("nanoTime", side().strike());
      case "await" -> await(Duration.ofMillis(Fields.count(command, "millis")));
      case "finish" -> finish();
      default -> throw new IOException("unknown command " + Fields.text(command, "kind"));
    };
  }

  private ObjectNode open(ObjectNode command) throws IOException {
    String provider = Fields.text(command, "provider");
    int count = (int) Fields.integer(command, "clients", 1, Limits.MAX_CLIENTS);
    boolean resume = command.path("resume").asBoolean();
    if (role == Role.FALLBACK_SERVER) {
      server = new FallbackServer(provider, count, resume);
      return Lines.of("opened").put("port", server.port());
    }
    clients =
        new FallbackClients(
            provider,
            (int) Fields.integer(command, "port", 1, 65_535),
            count,
            (int) Fields.integer(command, "size", FallbackPair.MIN_SIZE, 1 << 20),
            (int) Fields.integer(command, "depth", 1, Limits.MAX_DEPTH),
            resume);
    return Lines.of("opened");
  }

  private Mortal side() throws IOException {
    if (server == null && clients == null) {
      throw new IOException("nothing is open");
    }
    return server == null ? clients : server;
  }

  private FallbackClients clients() throws IOException {
    if (clients == null) {
      throw new IOException("no clients are open");
    }
    return clients;
  }

  private ObjectNode start() throws IOException {
    clients().start();
    return Lines.of("started");
  }

  private ObjectNode await(Duration patience) throws IOException {
    clients().awaitBack(patience);
    return Lines.of("back");
  }

  private ObjectNode finish() throws IOException {
    ObjectNode event = Lines.of("finished");
    if (server == null) {
      put(event, clients().finish());
      event.put("origin", clients.origin());
      ArrayNode echoes = event.putArray("echoes");
      for (long count : clients.echoes()) {
        echoes.add(count);
      }
      ArrayNode ready = event.putArray("ready");
      for (int count : clients.ready()) {
        ready.add(count);
      }
    } else {
      event.put("received", server.received()).put("doubled", server.doubled());
    }
    event.put("mode", side().mode());
    ArrayNode happenings = event.putArray("happenings");
    for (Happening happening : side().happenings()) {
      happenings
          .addObject()
          .put("nanoTime", happening.nanoTime())
          .put("side", happening.side())
          .put("event", happening.event())
          .put("detail", happening.detail());
    }
    return event;
  }

  private static void put(ObjectNode event, Account account) {
    event
        .put("sent", account.sent())
        .put("echoed", account.echoed())
        .put("unknown", account.unknown())
        .put("left", account.left())
        .put("strange", account.strange())
        .put("firstBackAt", account.firstBackAt())
        .put("lastBackAt", account.lastBackAt())
        .put("back", account.back());
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
