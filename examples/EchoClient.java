import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.codec.Codec;

/** Sends one text, prints the answer. */
public class EchoClient {
  public static void main(String[] args) throws Exception {
    var answer = new java.util.concurrent.CompletableFuture<String>();
    var options = ClientOptions.builder(Codec.text()).port(9000).build();
    try (var client =
        QWormhole.client(options, ClientListener.of((server, text) -> answer.complete(text)))) {
      client.connect().join();
      client.send("hello");
      System.out.println(answer.get());
    }
  }
}
