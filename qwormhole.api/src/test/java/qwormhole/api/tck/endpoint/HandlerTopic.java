package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** Handlers that fail. */
interface HandlerTopic extends Topic {

  /** Throws wherever it can. */
  final class Failing extends ServerTrace<String> {
    @Override
    void connection(Connection<String> connection) {
      throw new IllegalStateException("onConnection");
    }

    @Override
    void message(Connection<String> connection, String message) {
      if (message.equals("exception")) {
        throw new IllegalStateException("onMessage");
      } else if (message.equals("error")) {
        throw new StackOverflowError("onMessage");
      }
      connection.send(message);
    }

    @Override
    void closed(Connection<String> connection, CloseReason reason) {
      throw new IllegalStateException("onClosed");
    }

    @Override
    void error(Connection<String> connection, QWormholeException error) {
      throw new IllegalStateException("onError");
    }
  }

  @Test
  default void aHandlerThatThrowsIsReportedAndTheConnectionLives() throws Exception {
    Failing trace = new Failing();
    QWormholeServer<String> server =
        stage()
            .listen(
                stage()
                    .server()
                    .telemetry(
                        event -> {
                          throw new IllegalStateException("telemetry");
                        }),
                trace);
    WirePeer peer = stage().dial(server).legacy();
    peer.write(Wire.frame("exception"), Wire.frame("error"), Wire.frame("echo"));
    assertThat(peer.readText()).isEqualTo("echo");
    peer.close();
    List<QWormholeException> errors = trace.errors.await(4);
    assertThat(errors).allMatch(error -> error.code() == ErrorCode.E_HANDLER_FAILED);
    assertThat(errors)
        .extracting(error -> error.getCause().getMessage())
        .containsExactly("onConnection", "onMessage", "onMessage", "onClosed");
    assertThat(stage().dial(server).legacy().send("next").readText()).isEqualTo("next");
  }

  @Test
  default void aClientsHandlerThatThrowsIsReportedAndTheConnectionLives() {
    QWormholeServer<String> server = stage().listen(stage().server(), ServerTrace.echo());
    ClientTrace<String> trace =
        new ClientTrace<>() {
          @Override
          void connected(Connection<String> connection) {
            throw new IllegalStateException("onConnected");
          }

          @Override
          void ready(Connection<String> connection) {
            throw new AssertionError("onReady");
          }

          @Override
          void message(Connection<String> connection, String message) {
            if (message.equals("bad")) {
              throw new IllegalStateException("onMessage");
            }
          }
        };
    QWormholeClient<String> client = stage().connect(stage().client(server.port()), trace);
    client.send("bad");
    client.send("good");
    assertThat(trace.messages.await(2)).containsExactly("bad", "good");
    assertThat(trace.errors.await(3))
        .extracting(error -> error.getCause().getMessage())
        .containsExactly("onConnected", "onReady", "onMessage");
  }
}
