package qwormhole.api.tck.endpoint;

import static org.junit.jupiter.api.Assumptions.abort;

import qwormhole.api.ClientOptions;
import qwormhole.api.ProviderReport;
import qwormhole.api.QWormhole;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

/** Options with the provider under test first, and another one after it; aborts the test where none is. */
final class TwoProviders {
  private TwoProviders() {}

  static ServerOptions.Builder<String> server(Stage stage) {
    String first = stage.serverProvider();
    checkThereIsAnotherThan(first, QWormhole.serverProviders());
    return ServerOptions.builder(Codec.text()).preferredBackend(first).preferNative(true);
  }

  static ClientOptions.Builder<String> client(Stage stage, int port) {
    String first = stage.clientProvider();
    checkThereIsAnotherThan(first, QWormhole.clientProviders());
    return ClientOptions.builder(Codec.text())
        .preferredBackend(first)
        .preferNative(true)
        .port(port)
        .reconnect(FailoverTopic.SOON);
  }

  static void checkThereIsAnotherThan(String first, ProviderReport report) {
    if (report.candidates().stream().allMatch(one -> one.id().equals(first))) {
      abort("there is no other provider here than " + first);
    }
  }
}
