package qwormhole.bench.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import qwormhole.bench.load.Contender;
import qwormhole.bench.load.SideSpec;
import qwormhole.bench.load.Workload;

/** A server's contender and a client's: provider ids, or the bare pair. */
public record Pairing(String server, String client) {
  private static final String JAVA = "java";

  /** The yardstick. */
  public static final Pairing BARE = new Pairing(SideSpec.BARE, SideSpec.BARE);

  /** The Java transport on both sides. */
  public static final Pairing CORE = new Pairing(JAVA, JAVA);

  /** The pairing as users write it. */
  public String mode() {
    return Contender.mode(server, client);
  }

  /** Whether both sides can do this. */
  public boolean runs(Workload workload) {
    return isBare()
        ? workload.hasBare()
        : Contender.find(server).map(contender -> contender.runs(workload)).orElse(true);
  }

  /** Whether this is the yardstick. */
  public boolean isBare() {
    return server.equals(SideSpec.BARE);
  }

  private boolean isNative() {
    return !server.equals(JAVA) || !client.equals(JAVA);
  }

  /** Whether this transport is on either side. */
  public boolean involves(String id) {
    return server.equals(id) || client.equals(id);
  }

  /**
   * The pairings that users name: {@code all}, {@code core} (java:java), {@code native} (all with a
   * transport that is not java on either side), a provider id for both sides, {@code server:client},
   * {@code bare}, or several of these with commas between.
   *
   * @param servers the provider ids there are on the server's side
   * @param clients and on the client's
   * @throws IllegalArgumentException when one is none of these; the message lists what is
   */
  public static List<Pairing> parse(String modes, List<String> servers, List<String> clients) {
    Set<Pairing> pairings = new LinkedHashSet<>();
    for (String part : modes.split(",", -1)) {
      String mode = part.strip();
      switch (mode) {
        case "all" -> pairings.addAll(all(servers, clients, pairing -> true));
        case "native" -> pairings.addAll(all(servers, clients, Pairing::isNative));
        case "core" -> pairings.add(CORE);
        case SideSpec.BARE -> pairings.add(BARE);
        default ->
            pairings.add(
                Contender.find(mode).isPresent()
                    ? new Pairing(mode, mode)
                    : one(mode, servers, clients));
      }
    }
    if (pairings.isEmpty()) {
      throw new IllegalArgumentException(
          "mode '%s' is empty: there is %s only".formatted(modes, known(servers)));
    }
    return List.copyOf(pairings);
  }

  private static Pairing one(String mode, List<String> servers, List<String> clients) {
    String[] sides = mode.split(":", -1);
    String client = sides[sides.length - 1];
    if (sides.length <= 2 && servers.contains(sides[0]) && clients.contains(client)) {
      return new Pairing(sides[0], client);
    }
    String known =
        servers.equals(clients)
            ? known(servers)
            : known(servers) + " for the server and " + known(clients) + " for the client";
    throw new IllegalArgumentException(
        "unknown mode '%s': choose all, core, native, bare, or <server>:<client> of %s"
            .formatted(mode, known));
  }

  private static String known(List<String> ids) {
    return ids.isEmpty() ? "(no provider found)" : String.join(", ", ids);
  }

  private static List<Pairing> all(
      List<String> servers, List<String> clients, Predicate<Pairing> wanted) {
    List<Pairing> result = new ArrayList<>();
    for (String server : servers) {
      for (String client : clients) {
        Pairing pairing = new Pairing(server, client);
        if (wanted.test(pairing)) {
          result.add(pairing);
        }
      }
    }
    return result;
  }

  /** These with the yardstick first. */
  public static List<Pairing> withBaseline(List<Pairing> pairings) {
    Set<Pairing> result = new LinkedHashSet<>(List.of(BARE));
    result.addAll(pairings);
    return List.copyOf(result);
  }
}
