package qwormhole.api.tck.endpoint;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.handshake.Identity;

/**
 * A process in which as much goes wrong as possible, among secrets: what it logs is read by a test. Its
 * argument is the provider's id.
 */
public final class TalkativeProcess {
  /** What the private key consists of. */
  public static final String SEED = "CANARY-CANARY-CANARY-CANARY-CANA";

  /** What peers say of themselves. */
  public static final String NASTY = "\\r\\nERROR forged\\u001b[2J${jndi:ldap://x}";

  private static final int FLOOD = 200;

  private TalkativeProcess() {}

  /** Prints {@code over} at the end, besides whatever is logged. */
  public static void main(String[] arguments) throws Exception {
    byte[] seed = SEED.getBytes(StandardCharsets.US_ASCII);
    Identity identity =
        Identity.fromDer(
            HexFormat.of()
                .parseHex("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed)));
    ServerTrace<String> atServer =
        new ServerTrace<>() {
          @Override
          void message(qwormhole.api.Connection<String> connection, String message) {
            throw new IllegalStateException("a handler's own fault");
          }
        };
    try (QWormholeServer<String> server =
        QWormhole.listen(
            ServerOptions.builder(Codec.text())
                .require(arguments[0])
                .identity(identity)
                .resumable(true)
                .build(),
            atServer)) {
      Relay relay = new Relay(server.port());
      ClientTrace<String> atClient = new ClientTrace<>();
      QWormholeClient<String> client =
          QWormhole.client(
              ClientOptions.builder(Codec.text())
                  .require(arguments[0])
                  .port(relay.port())
                  .identity(identity)
                  .resumable(true)
                  .reconnect(
                      new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(9), 2, 10_000))
                  .build(),
              atClient);
      Deadline.get("connect", client.connect());
      client.send("x");
      atServer.errors.next();
      relay.cut();
      atServer.resumed.next();
      for (int i = 0; i < FLOOD; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          socket
              .getOutputStream()
              .write(
                  Wire.frame(
                      "{\"type\":\"handshake\",\"signature\":\"CANARY\",\"version\":\""
                          + NASTY
                          + "\"}"));
          socket
              .getOutputStream()
              .write(Wire.frame("{\"type\":\"handshake\",\"version\":\"" + NASTY + "\"}"));
        }
      }
      Deadline.until("all are refused", () -> server.statistics().rejected() >= FLOOD);
      client.close(Duration.ofSeconds(1));
      relay.close();
    }
    System.out.println("over");
  }
}
