package qwormhole.bench.wormhole;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.bench.load.Limits;

/** An echo between a server and a client in this process. */
public final class Selftest {
  private static final String MESSAGE = "hello, wormhole";

  private Selftest() {}

  /**
   * Echoes one message over a provider.
   *
   * @return what carried it, by the server's and the client's own account
   * @throws qwormhole.bench.load.UnavailableException when the provider cannot work here
   * @throws IOException when the echo does not come back as it was sent
   */
  public static String echo(String provider) throws IOException {
    try (QWormholeServer<String> server = listen(provider)) {
      CompletableFuture<String> reply = new CompletableFuture<>();
      ClientOptions<String> options =
          ClientOptions.builder(Codec.text())
              .port(server.port())
              .require(provider)
              .reconnect(ReconnectPolicy.NONE)
              .build();
      ClientListener<String> listener = ClientListener.of((peer, text) -> reply.complete(text));
      try (QWormholeClient<String> client =
          Opening.open(() -> QWormhole.client(options, listener))) {
        inTime(client.connect());
        client.send(MESSAGE);
        if (!inTime(reply).equals(MESSAGE)) {
          throw new IOException("the echo was not what was sent");
        }
        return server.mode() + ", " + client.mode();
      }
    }
  }

  /**
   * Finds out whether a provider can listen here.
   *
   * @return what it says it runs on; may be empty
   * @throws qwormhole.bench.load.UnavailableException when the provider cannot work here
   */
  public static String probe(String provider) throws IOException {
    try (QWormholeServer<String> server = listen(provider)) {
      return server.report().candidates().stream()
          .filter(candidate -> candidate.id().equals(provider))
          .map(candidate -> candidate.detail())
          .findFirst()
          .orElse("");
    }
  }

  private static QWormholeServer<String> listen(String provider) throws IOException {
    ServerOptions<String> options = ServerOptions.builder(Codec.text()).require(provider).build();
    return Opening.open(
        () -> QWormhole.listen(options, ServerListener.of((peer, text) -> peer.send(text))));
  }

  private static <T> T inTime(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(Limits.OPEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw Opening.failure(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("nothing came back in " + Limits.OPEN.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
