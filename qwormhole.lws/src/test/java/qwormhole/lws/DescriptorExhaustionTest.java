package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** A server without descriptors waits for some, at rest, and then goes on. */
@EnabledOnOs(OS.LINUX)
class DescriptorExhaustionTest {

  @Test
  void acceptingIsPutOffWithoutABusyLoopAndRecovers() throws Exception {
    LwsPresence.assume();
    List<Socket> waiting = new ArrayList<>();
    try (ChildJvm server = new ChildJvm("ulimit -n 100 && ", Server.class)) {
      int port = Integer.parseInt(server.line());
      assertThat(server.line()).isEqualTo("full");
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(Probe.ANY_PORT.getAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(i);
        waiting.add(socket);
      }
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 4 && least > 100; i++) {
        long before = server.cpuMillis();
        new CountDownLatch(1).await(1, TimeUnit.SECONDS);
        least = Math.min(least, server.cpuMillis() - before);
      }
      assertThat(least).as("processor time of a second, in ms").isLessThanOrEqualTo(100);
      server.say("release");
      assertThat(server.line()).isEqualTo("released");
      for (int i = 0; i < waiting.size(); i++) {
        assertThat(waiting.get(i).getInputStream().read()).isEqualTo(i);
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Echoes, and takes or releases all descriptors of its process. */
  static final class Server {

    private Server() {}

    public static void main(String[] arguments) throws Exception {
      Transport transport =
          new LwsTransportProvider()
              .open(new TransportContext(1, 4096, Thread::new, Throwable::printStackTrace));
      Listener listener =
          transport.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> new EchoProbe());
      loadClasses(listener.address());
      System.out.println(listener.address().getPort());
      List<FileInputStream> files = new ArrayList<>();
      try {
        while (true) {
          files.add(new FileInputStream("/dev/null"));
        }
      } catch (FileNotFoundException e) {
        System.out.println("full");
      }
      System.in.read();
      for (FileInputStream file : files) {
        file.close();
      }
      System.out.println("released");
    }

    /** A class in a folder, unlike one in a jar, needs a descriptor to be loaded. */
    private static void loadClasses(InetSocketAddress address) throws Exception {
      try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
        peer.getOutputStream().write(1);
        peer.getInputStream().read();
      }
      Class.forName("qwormhole.lws.Timers$Timer");
    }
  }
}
