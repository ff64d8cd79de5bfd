package qwormhole.lws;

import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;

/** An application that prefers native transports, in a process of its own: says what it got. */
final class SelectionProbe {

  private SelectionProbe() {}

  /** The arguments: {@code prefer}, {@code require} or {@code default}. */
  public static void main(String[] arguments) {
    for (int i = 0; i < 2; i++) { // what is warned of once must not be warned of twice
      try {
        System.out.println(modes(arguments[0]));
      } catch (QWormholeException e) {
        System.out.println(e.getMessage());
      }
    }
    System.out.println("done");
  }

  private static String modes(String how) {
    var server = ServerOptions.builder(Codec.text());
    var client = ClientOptions.builder(Codec.text());
    if (how.equals("prefer")) {
      server.preferNative(true);
      client.preferNative(true);
    } else if (how.equals("require")) {
      server.require("lws");
      client.require("lws");
    }
    String foretold =
        QWormhole.serverProviders(server.build()).mode()
            + " "
            + QWormhole.clientProviders(client.build()).mode();
    try (QWormholeServer<String> listening =
            QWormhole.listen(server.build(), new ServerListener<>() {});
        QWormholeClient<String> connected =
            QWormhole.client(client.port(listening.port()).build(), new ClientListener<>() {})) {
      String over = connected.connect().join().mode();
      String modes = listening.mode() + " " + connected.mode();
      return modes + " " + over + (modes.equals(foretold) ? "" : " but foretold " + foretold);
    }
  }
}
