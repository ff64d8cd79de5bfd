package qwormhole.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import qwormhole.bench.fallback.Account;
import qwormhole.bench.fallback.FallbackClients;
import qwormhole.bench.fallback.Happening;
import qwormhole.bench.load.Fields;
import qwormhole.bench.load.Limits;

/** A server process and a process of clients under load, of which one loses its transport. */
public final class FallbackPair implements AutoCloseable {
  /** The smallest message. */
  public static final int MIN_SIZE = 8;

  private static final Duration BACK = Duration.ofSeconds(30);

  private final FallbackSpec spec;
  private final Peer server;
  private final Peer client;

  /**
   * Connects them.
   *
   * @throws qwormhole.bench.load.UnavailableException when a transport cannot work here
   */
  FallbackPair(Children children, FallbackSpec spec) throws IOException {
    this.spec = spec;
    server = children.start(Role.FALLBACK_SERVER);
    Peer started = null;
    try {
      started = children.start(Role.FALLBACK_CLIENT);
      ObjectNode opened = server.ask(open(spec.server()), "opened", Limits.OPEN);
      ObjectNode other =
          open(spec.client())
              .put("port", Fields.integer(opened, "port", 1, 65_535))
              .put("size", spec.size())
              .put("depth", spec.depth());
      started.ask(other, "opened", Limits.OPEN.plus(Limits.OPEN));
    } catch (IOException e) {
      if (started != null) {
        started.close();
      }
      server.close();
      throw e;
    }
    client = started;
  }

  private ObjectNode open(String provider) {
    return Lines.of("open")
        .put("provider", provider)
        .put("clients", spec.clients())
        .put("resume", spec.resume());
  }

  /** Puts the clients under load. */
  public void start() throws IOException {
    client.ask(Lines.of("start"), "started", Limits.OPEN);
  }

  /** Kills, and waits until every client has had an echo again. Returns {@code nanoTime} of the kill. */
  public long strike() throws IOException {
    Peer victim = spec.killsServer() ? server : client;
    ObjectNode struck = victim.ask(Lines.of("strike"), "struck", Limits.OPEN);
    ObjectNode await = Lines.of("await").put("millis", BACK.toMillis());
    client.ask(await, "back", BACK.plus(Limits.CLOSE));
    return struck.get("nanoTime").asLong();
  }

  /** Ends the load and asks both sides what they saw. */
  public FallbackReport finish(long struckAt) throws IOException {
    Duration patience = Limits.STALL.plus(Limits.OPEN);
    ObjectNode mine = client.ask(Lines.of("finish"), "finished", patience);
    ObjectNode theirs = server.ask(Lines.of("finish"), "finished", patience);
    List<Happening> happenings = new ArrayList<>(happenings(mine));
    happenings.addAll(happenings(theirs));
    happenings.sort(Comparator.comparingLong(Happening::nanoTime));
    List<Long> echoes = new ArrayList<>();
    mine.get("echoes").forEach(count -> echoes.add(count.asLong()));
    List<Integer> ready = new ArrayList<>();
    mine.get("ready").forEach(count -> ready.add(count.asInt()));
    return new FallbackReport(
        struckAt,
        Fields.text(theirs, "mode"),
        Fields.text(mine, "mode"),
        account(mine),
        Fields.count(theirs, "received"),
        Fields.count(theirs, "doubled"),
        happenings,
        mine.get("origin").asLong(),
        FallbackClients.bucketMillis(),
        echoes,
        ready);
  }

  private static Account account(ObjectNode event) throws IOException {
    return new Account(
        Fields.count(event, "sent"),
        Fields.count(event, "echoed"),
        Fields.count(event, "unknown"),
        Fields.count(event, "left"),
        Fields.count(event, "strange"),
        event.get("firstBackAt").asLong(),
        event.get("lastBackAt").asLong(),
        (int) Fields.count(event, "back"));
  }

  private static List<Happening> happenings(ObjectNode event) throws IOException {
    List<Happening> happenings = new ArrayList<>();
    for (JsonNode one : event.get("happenings")) {
      happenings.add(
          new Happening(
              one.get("nanoTime").asLong(),
              Fields.text(one, "side"),
              Fields.text(one, "event"),
              Fields.text(one, "detail")));
    }
    return happenings;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
