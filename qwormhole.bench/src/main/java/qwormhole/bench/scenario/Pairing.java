package qwormhole.bench.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import qwormhole.bench.load.SideSpec;

/** A server's contender and a client's: provider ids, or the bare pair. */
public record Pairing(String server, String client) {
  /** The yardstick. */
  public static final Pairing BARE = new Pairing(SideSpec.BARE, SideSpec.BARE);

  /**
   * The pairings that users name: {@code all}, a provider id for both sides, {@code server:client},
   * {@code bare}, or several of these with commas between.
   *
   * @param ids the provider ids there are
   * @throws IllegalArgumentException when one is none of these; the message lists what is
   */
  public static List<Pairing> parse(String modes, List<String> ids) {
    Set<Pairing> pairings = new LinkedHashSet<>();
    for (String mode : modes.split(",", -1)) {
      String[] sides = mode.strip().split(":", -1);
      if (mode.strip().equals("all")) {
        pairings.addAll(all(ids));
      } else if (mode.strip().equals(SideSpec.BARE)) {
        pairings.add(BARE);
      } else if (sides.length <= 2 && ids.containsAll(List.of(sides))) {
        pairings.add(new Pairing(sides[0], sides[sides.length - 1]));
      } else {
        throw new IllegalArgumentException(
            "unknown mode '%s': choose all, bare, or <server>:<client> of %s"
                .formatted(mode, ids.isEmpty() ? "(no provider found)" : String.join(", ", ids)));
      }
    }
    return List.copyOf(pairings);
  }

  private static List<Pairing> all(List<String> ids) {
    List<Pairing> result = new ArrayList<>();
    for (String server : ids) {
      for (String client : ids) {
        result.add(new Pairing(server, client));
      }
    }
    return result;
  }
}
