package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import qwormhole.api.Connection;
import qwormhole.api.Framing;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.SendResult;

/** Bytes without frames: whatever arrives is a message, and nothing else is on the wire. */
interface StreamTopic extends Topic {
  int SIZE = 3 << 20;

  @Test
  default void bytesGoBothWaysAsTheyAre() throws Exception {
    ServerTrace<byte[]> trace = new ServerTrace<>();
    QWormholeServer<byte[]> server =
        stage().listen(stage().server(Bytes.CODEC).framing(Framing.NONE), trace);
    WirePeer peer = stage().dial(server);
    CompletableFuture<Void> written = peer.writeInBackground(Bytes.of(SIZE));
    Bytes.assertSame(joined(trace, SIZE), Bytes.of(SIZE));
    Deadline.get("all to be written", written);
    Connection<byte[]> connection = trace.connections.next();
    assertThat(connection.peer().negotiated()).isFalse();
    connection.send(new byte[0]);
    connection.send(Bytes.of(10));
    connection.send(Bytes.of(SIZE));
    Bytes.assertSame(peer.readBytes(10), Bytes.of(10));
    Bytes.assertSame(peer.readBytes(SIZE), Bytes.of(SIZE));
    connection.close("no frame goes out for this");
    peer.assertEnd();
  }

  @Test
  default void aClientReadsAndWritesBytesAsTheyAre() {
    ServerTrace<byte[]> serverTrace = ServerTrace.echo();
    QWormholeServer<byte[]> server =
        stage()
            .listen(stage().server(Bytes.CODEC).framing(Framing.NONE).autoPause(true), serverTrace);
    ClientTrace<byte[]> trace = new ClientTrace<>();
    QWormholeClient<byte[]> client =
        stage().connect(stage().client(Bytes.CODEC, server.port()).framing(Framing.NONE), trace);
    for (int i = 0; i < 3; i++) {
      assertThat(client.send(Bytes.of(SIZE), Deadline.LONG)).isEqualTo(SendResult.SENT);
    }
    byte[] all = joined(trace, 3 * SIZE);
    byte[] one = Bytes.of(SIZE);
    Bytes.assertSame(all, Wire.concat(one, one, one));
  }

  private static byte[] joined(Trace<byte[]> trace, int size) {
    Deadline.until("the bytes", () -> sum(trace) >= size);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    trace.messages.all().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static int sum(Trace<byte[]> trace) {
    return trace.messages.all().stream().mapToInt(piece -> piece.length).sum();
  }
}
