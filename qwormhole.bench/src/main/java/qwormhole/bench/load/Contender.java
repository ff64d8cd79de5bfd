package qwormhole.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Something else that carries the same messages, to be measured in turn with QWormhole. Found by
 * {@code ServiceLoader}; this module and the image have none. Its server meets its own client only.
 */
public interface Contender {

  /** The name as users write it. */
  String id();

  /** Whether it can do this. */
  boolean runs(Workload workload);

  /**
   * Listens.
   *
   * @throws UnavailableException when it cannot work here
   */
  Side server(SideSpec spec) throws IOException;

  /**
   * Connects all clients.
   *
   * @throws UnavailableException when it cannot work here
   */
  Side client(SideSpec spec) throws IOException;

  /** All there are, none as a rule. */
  static List<Contender> all() {
    return ServiceLoader.load(Contender.class, Contender.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** A pairing as users write it: one name for what meets only itself. */
  static String mode(String server, String client) {
    boolean alone = server.equals(SideSpec.BARE) || find(server).isPresent();
    return alone ? server : server + ":" + client;
  }

  /** The one of this name. */
  static Optional<Contender> find(String id) {
    return all().stream().filter(contender -> contender.id().equals(id)).findFirst();
  }
}
