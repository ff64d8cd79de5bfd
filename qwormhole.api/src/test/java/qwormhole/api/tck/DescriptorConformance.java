package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** A server without descriptors waits for some, at rest, and then goes on. */
interface DescriptorConformance extends OwnProcess {

  @Test
  default void acceptingIsPutOffWithoutABusyLoopAndRecovers() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ChildJvm server = run("ulimit -n 100 && ", Server.class)) {
      int port = Integer.parseInt(server.line());
      assertThat(server.line()).isEqualTo("full");
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(Bed.loopback(0).getAddress(), port);
        socket.setSoTimeout((int) Patience.LONG.toMillis());
        socket.getOutputStream().write(i);
        waiting.add(socket);
      }
      RestTime.assertAtRest(server);
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
  final class Server {

    private Server() {}

    public static void main(String[] arguments) throws Exception {
      TransportProvider provider = ProcessConformance.find(arguments[0]);
      Transport transport =
          provider.open(new TransportContext(1, 4096, Thread::new, Throwable::printStackTrace));
      Listener listener =
          transport.listen(Bed.loopback(0), SocketOptions.DEFAULTS, remote -> new Echo());
      echoOnce(listener.address());
      loadAllBeside(provider.getClass());
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

    private static void echoOnce(InetSocketAddress address) throws IOException {
      try (Socket peer = new Socket(address.getAddress(), address.getPort())) {
        peer.getOutputStream().write(1);
        peer.getInputStream().read();
      }
    }

    /** A class in a folder, unlike one in a jar, needs a descriptor to be loaded. */
    private static void loadAllBeside(Class<?> provider) throws Exception {
      URI location = provider.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(location);
      if (!Files.isDirectory(root)) {
        return;
      }
      String name = provider.getPackageName().replace('.', '/');
      try (Stream<Path> classes = Files.list(root.resolve(name))) {
        for (Path file : classes.filter(each -> each.toString().endsWith(".class")).toList()) {
          String simple = file.getFileName().toString().replaceFirst("\\.class$", "");
          Class.forName(provider.getPackageName() + "." + simple);
        }
      }
    }
  }
}
