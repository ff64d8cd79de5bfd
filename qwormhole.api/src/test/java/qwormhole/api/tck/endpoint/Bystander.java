package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import qwormhole.api.QWormholeClient;

/** A connection to an echo server that must not notice what others do to the server. */
final class Bystander {
  static final String NAME = "bystander";

  private final ClientTrace<String> trace = new ClientTrace<>();
  private final QWormholeClient<String> client;
  private int sent;

  Bystander(Stage stage, int port) {
    client = stage.connect(stage.client(port), trace);
  }

  /** Ten messages come back. */
  void assertServed() {
    for (int i = 0; i < 10; i++) {
      client.send(NAME + sent++);
    }
    while (trace.messages.count() < sent) {
      trace.messages.await(sent);
    }
    assertThat(trace.messages.all()).last().isEqualTo(NAME + (sent - 1));
    assertThat(trace.closed.all()).isEmpty();
  }
}
