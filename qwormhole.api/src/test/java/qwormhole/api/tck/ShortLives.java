package qwormhole.api.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Connections that are made, carry a byte and are ended, by either side and in either way. */
final class ShortLives implements AutoCloseable {

  private static final int AT_ONCE = 50;
  private static final byte SERVER_CLOSES = 0;
  private static final byte CLIENT_CLOSES = 1;
  private static final byte SERVER_ABORTS = 2;
  private static final byte CLIENT_ABORTS = 3;

  private final Transport servers;
  private final Transport clients;

  /** One for each end that may be open. */
  private final Semaphore ends = new Semaphore(2 * AT_ONCE);

  ShortLives(TransportProvider provider) throws IOException {
    TransportContext context =
        new TransportContext(2, 4096, Thread::new, Throwable::printStackTrace);
    servers = provider.open(context);
    clients = provider.open(context);
  }

  Listener listen() throws IOException {
    return servers.listen(
        Bed.loopback(0), SocketOptions.DEFAULTS, remote -> new End(CLIENT_ABORTS, false));
  }

  /** Has some connections made and waits for their ends. */
  void live(InetSocketAddress server, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      acquire(2);
      clients.connect(server, SocketOptions.DEFAULTS, new End(wayToEnd(i), true));
    }
    acquire(2 * AT_ONCE);
    ends.release(2 * AT_ONCE);
  }

  /** Few in order: each leaves a pair of addresses that cannot be used again for a minute. */
  private static byte wayToEnd(int number) {
    return switch (number % 20) {
      case 0 -> CLIENT_CLOSES;
      case 1, 2 -> SERVER_CLOSES;
      default -> number % 2 == 0 ? SERVER_ABORTS : CLIENT_ABORTS;
    };
  }

  private void acquire(int count) throws InterruptedException {
    if (!ends.tryAcquire(count, Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("connections do not end: " + ends.availablePermits() + " are free");
    }
  }

  @Override
  public void close() {
    clients.close();
    servers.close();
  }

  /** One end of a connection: a client says first how it is to be ended. */
  private final class End implements LinkHandler {
    private final boolean client;
    private final ByteBuffer[] one = {ByteBuffer.allocate(1)};
    private Link link;

    End(byte way, boolean client) {
      this.client = client;
      one[0].put(0, way);
    }

    @Override
    public void onOpen(Link opened) {
      link = opened;
      if (client) {
        write();
      }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      byte way = bytes.get();
      if (way == (client ? CLIENT_CLOSES : SERVER_CLOSES)) {
        link.close();
      } else if (way == (client ? CLIENT_ABORTS : SERVER_ABORTS)) {
        link.abort();
      } else {
        one[0].put(0, way);
        write();
      }
    }

    private void write() {
      try {
        link.write(one, 0, 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(Throwable cause) {
      ends.release();
    }
  }
}
