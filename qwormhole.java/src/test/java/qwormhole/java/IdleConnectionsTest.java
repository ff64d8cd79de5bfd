package qwormhole.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import qwormhole.api.tck.ChildJvm;

/**
 * What a thousand idle connections cost a server: the whole stack, with the handshake that this
 * project's own clients send. The server is a process of its own, so that nothing of the clients has to
 * be subtracted.
 */
@EnabledOnOs(OS.LINUX)
class IdleConnectionsTest {
  private static final int CONNECTIONS = 1000;
  private static final long MOST_BYTES = 2048;
  private static final double MOST_CPU = 0.01;
  private static final long WINDOW_MILLIS = 2000;
  private static final int WINDOWS = 6;

  private static final byte[] HANDSHAKE =
      ("{\"type\":\"handshake\",\"version\":\"1.0.0\",\"caps\":{\"scp\":{\"version\":\"1.0\","
              + "\"nonce\":\"AAECAwQFBgcICQoLDA0ODw==\"},\"transport\":{\"native\":false,"
              + "\"backend\":\"java\"},\"codecs\":[\"binary\",\"text\",\"json\",\"cbor\"]},"
              + "\"ts\":1700000000000}")
          .getBytes(StandardCharsets.UTF_8);

  private final List<SocketChannel> clients = new ArrayList<>();
  private ChildJvm server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    // The collector that tells exactly what is left; it makes no object smaller.
    server = new ChildJvm("export JDK_JAVA_OPTIONS=-XX:+UseSerialGC; ", IdleServer.class);
    int port = Integer.parseInt(server.line());
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @AfterEach
  void stop() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void anIdleConnectionIsSmallAndCostsNoProcessorTime() throws Exception {
    connect(100); // loads what is loaded once, and fills pools
    long before = usedBy(100);
    connect(CONNECTIONS);
    long each = (usedBy(100 + CONNECTIONS) - before) / CONNECTIONS;
    double cpu = idleCpu();
    System.out.printf(
        "an idle connection of the whole stack: %d bytes of heap; %d of them: %.2f %% of a processor%n",
        each, CONNECTIONS, 100 * cpu);
    assertThat(each).as("bytes of heap for a connection").isLessThan(MOST_BYTES);
    assertThat(cpu).as("share of a processor for all").isLessThan(MOST_CPU);
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel client = SocketChannel.open(address);
      clients.add(client);
      client.write(
          ByteBuffer.allocate(4 + HANDSHAKE.length).putInt(HANDSHAKE.length).put(HANDSHAKE).flip());
      int length = read(client, 4).getInt();
      assertThat(StandardCharsets.UTF_8.decode(read(client, length)).toString())
          .contains("\"re\":\"AAECAwQFBgcICQoLDA0ODw==\"");
    }
  }

  private static ByteBuffer read(SocketChannel client, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      assertThat(client.read(bytes)).isPositive();
    }
    return bytes.flip();
  }

  private long usedBy(int connections) throws IOException {
    server.say("heap");
    String[] answer = server.line().split(" ", -1);
    assertThat(answer[0]).isEqualTo(Integer.toString(connections));
    return Long.parseLong(answer[1]);
  }

  /** The best of several windows: compilers and collectors have work left from before. */
  private double idleCpu() throws InterruptedException {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < WINDOWS && least >= MOST_CPU; i++) {
      long before = server.cpuMillis();
      long start = System.nanoTime();
      // Here time has to pass: what is measured is that nothing happens meanwhile.
      new CountDownLatch(1).await(WINDOW_MILLIS, TimeUnit.MILLISECONDS);
      double millis = (System.nanoTime() - start) / 1e6;
      least = Math.min(least, (server.cpuMillis() - before) / millis);
    }
    return least;
  }
}
