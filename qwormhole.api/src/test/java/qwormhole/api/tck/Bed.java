package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** What one test uses: transports of the provider, handlers and raw peers, all ended with it. */
final class Bed implements AutoCloseable {

  /** Of the provider's read buffer; sizes around it are tried. */
  static final int READ_BUFFER_BYTES = 16 * 1024;

  /** One loop, so that links share it unless a test wants otherwise. */
  private static final int LOOPS = 1;

  final TransportProvider provider;
  final LoopThreads threads = new LoopThreads();
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private final List<AutoCloseable> peers = new CopyOnWriteArrayList<>();
  private final List<Transport> transports = new ArrayList<>();
  private final Queue<Recorder> handlers = new ConcurrentLinkedQueue<>();
  private Transport transport;

  Bed(TransportProvider provider) {
    this.provider = provider;
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(address(127, 0, 0, 1), port);
  }

  /** An address of no machine: reserved for documentation. */
  static InetSocketAddress elsewhere() {
    return new InetSocketAddress(address(192, 0, 2, 1), 0);
  }

  static InetAddress address(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** The test's usual transport. */
  Transport transport() throws IOException {
    if (transport == null) {
      transport = open(LOOPS);
    }
    return transport;
  }

  Transport open(int loops) throws IOException {
    Transport opened =
        provider.open(new TransportContext(loops, READ_BUFFER_BYTES, threads, failures::add));
    transports.add(opened);
    return opened;
  }

  /** Listens on a free loopback port. */
  Listener listen(Supplier<? extends Recorder> handler) throws IOException {
    return listen(transport(), SocketOptions.DEFAULTS, handler);
  }

  Listener listen(Transport where, SocketOptions options, Supplier<? extends Recorder> handler)
      throws IOException {
    return where.listen(loopback(0), options, remote -> watched(handler.get()));
  }

  /** Connects the test's usual transport. */
  <H extends Recorder> H connect(InetSocketAddress remote, H handler) throws IOException {
    transport().connect(remote, SocketOptions.DEFAULTS, watched(handler));
    return handler;
  }

  /** Has a handler's rules checked when the test is over. */
  <H extends Recorder> H watched(H handler) {
    handlers.add(handler);
    return handler;
  }

  /** A link whose other end is a raw peer. */
  RawPeer serve(Recorder handler) throws IOException {
    return serve(SocketOptions.DEFAULTS, handler);
  }

  RawPeer serve(SocketOptions options, Recorder handler) throws IOException {
    try (Listener listener = listen(transport(), options, () -> handler)) {
      RawPeer peer = dial(listener.address());
      handler.link();
      return peer;
    }
  }

  RawPeer dial(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    peers.add(socket);
    socket.connect(address, (int) Patience.LONG.toMillis());
    return new RawPeer(socket);
  }

  /** Dials what may be reset before the dial is over, waits for the end, and hangs up. */
  void dialUntilEnded(InetSocketAddress address, byte... sent) {
    try (RawPeer peer = dial(address)) {
      peer.send(sent);
      peer.awaitEnd();
    } catch (IOException e) {
      // An end as well.
    }
  }

  ServerSocket rawServer(InetSocketAddress address) throws IOException {
    ServerSocket server = new ServerSocket();
    peers.add(server);
    server.setSoTimeout((int) Patience.LONG.toMillis());
    server.bind(address);
    return server;
  }

  RawPeer accept(ServerSocket server) throws IOException {
    Socket socket = server.accept();
    peers.add(socket);
    return new RawPeer(socket);
  }

  /** A server whose accept queue is full, so that further connects get no answer. */
  ServerSocket busyServer() throws IOException {
    ServerSocket server = closing(new ServerSocket());
    server.bind(Bed.loopback(0), 1);
    for (int i = 0; i < 64; i++) {
      SocketChannel filler = closing(SocketChannel.open());
      filler.configureBlocking(false);
      filler.connect(server.getLocalSocketAddress());
      long start = System.nanoTime();
      while (!filler.finishConnect()) {
        if (System.nanoTime() - start > Patience.MOMENT.toNanos()) {
          return server;
        }
        Thread.onSpinWait();
      }
    }
    return abort("this machine accepts more than it was asked to queue");
  }

  /** Has something closed before the transports are. */
  <C extends AutoCloseable> C closing(C peer) {
    peers.add(peer);
    return peer;
  }

  @Override
  public void close() {
    peers.forEach(Bed::closeQuietly);
    transports.forEach(opened -> opened.close(Duration.ofSeconds(10)));
    assertThat(threads.alive()).as("threads after close").isEmpty();
    assertThat(failures).as("failures reported by the transport").isEmpty();
    handlers.forEach(Recorder::assertRulesKept);
  }

  private static void closeQuietly(AutoCloseable peer) {
    try {
      peer.close();
    } catch (Exception e) {
      // The peer is gone already.
    }
  }
}
