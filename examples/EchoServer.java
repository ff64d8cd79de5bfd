import qwormhole.api.QWormhole;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

/** Answers every text with the same text. */
public class EchoServer {
  public static void main(String[] args) {
    var options = ServerOptions.builder(Codec.text()).port(9000).autoPause(true).build();
    var server =
        QWormhole.listen(options, ServerListener.of((peer, text) -> peer.send(text)));
    System.out.println("listening on " + server.address() + " over " + server.mode());
    server.closed().join();
  }
}
