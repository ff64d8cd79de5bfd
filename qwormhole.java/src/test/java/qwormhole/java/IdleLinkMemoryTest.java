package qwormhole.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.tck.ChildJvm;

/** What an idle link costs in heap, the JDK's channel and key included. */
@EnabledOnOs(OS.LINUX)
class IdleLinkMemoryTest {

  private static final int LINKS = 2000;

  /** Measured: 730; the whole stack has 2048. */
  private static final long MOST_BYTES = 1000;

  @Test
  void anIdleLinkIsSmall() throws Exception {
    CountDownLatch opened = new CountDownLatch(LINKS + 1);
    LinkHandler shared = new Counting(opened);
    Transport transport =
        new JavaTransportProvider()
            .open(new TransportContext(2, 4096, Thread::new, Throwable::printStackTrace));
    try (Listener listener =
            transport.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> shared);
        SocketChannel warm = SocketChannel.open(listener.address())) {
      long before = usedAfterGc();
      String port = Integer.toString(listener.address().getPort());
      try (ChildJvm clients = new ChildJvm("", Clients.class, port)) {
        assertThat(clients.line()).isEqualTo("connected");
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
        long each = (usedAfterGc() - before) / LINKS;
        System.out.println("heap of an idle link of the Java provider: " + each + " bytes");
        assertThat(each).isLessThan(MOST_BYTES);
      }
      assertThat(warm.isOpen()).isTrue();
    } finally {
      transport.close();
    }
  }

  private static long usedAfterGc() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private record Counting(CountDownLatch opened) implements LinkHandler {
    @Override
    public void onOpen(Link link) {
      opened.countDown();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(Throwable cause) {}
  }

  /** Connects and holds on. */
  static final class Clients {

    private Clients() {}

    public static void main(String[] arguments) throws Exception {
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
      List<SocketChannel> channels = new ArrayList<>();
      for (int i = 0; i < LINKS; i++) {
        channels.add(SocketChannel.open(server));
      }
      System.out.println("connected");
      System.in.read();
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }
}
