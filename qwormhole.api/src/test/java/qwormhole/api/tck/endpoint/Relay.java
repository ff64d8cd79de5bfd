package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server that can be broken: cut, refused, corrupted, led elsewhere. */
final class Relay implements AutoCloseable {
  private static final int CHUNK_BYTES = 8 << 10;

  private final ServerSocket listener;
  private final int chunkBytes;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong corruptAt = new AtomicLong(-1);
  private volatile int target;
  private volatile long cutAfterBytes = Long.MAX_VALUE;
  private volatile boolean refusing;

  private final List<Socket> sockets = new ArrayList<>(); // guarded by this

  Relay(int target) throws IOException {
    this(target, CHUNK_BYTES);
  }

  /** A relay that hands on so many bytes at a time at most. */
  Relay(int target, int chunkBytes) throws IOException {
    this.target = target;
    this.chunkBytes = chunkBytes;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("relay", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many connections have been made. */
  int accepted() {
    return accepted.get();
  }

  /** Leads new connections to another port. */
  void leadTo(int port) {
    target = port;
  }

  /** Ends new connections at once, or does not any more. */
  void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Every connection from now on is reset when so many bytes have come through it in one direction. */
  void cutAfter(long bytes) {
    cutAfterBytes = bytes;
  }

  /** Changes one byte, the one at this place after the next bytes that the server sends. */
  void corrupt(int bytesFromNow) {
    corruptAt.set(bytesFromNow);
  }

  /** Resets all connections. */
  synchronized void cut() {
    for (Iterator<Socket> each = sockets.iterator(); each.hasNext(); ) {
      reset(each.next());
      each.remove();
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It has ended, which is what was wanted.
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      accepted.incrementAndGet();
      if (refusing) {
        reset(client);
        continue;
      }
      Socket server;
      try {
        server = new Socket(InetAddress.getLoopbackAddress(), target);
      } catch (IOException noServer) {
        reset(client);
        continue;
      }
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      synchronized (this) {
        sockets.add(client);
        sockets.add(server);
      }
      start("relay-up", () -> pump(client, server, false));
      start("relay-down", () -> pump(server, client, true));
    }
  }

  private void pump(Socket from, Socket to, boolean down) {
    byte[] chunk = new byte[chunkBytes];
    long left = cutAfterBytes;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (down) {
          spoil(chunk, count);
        }
        out.write(chunk, 0, (int) Math.min(count, left));
        left -= count;
        if (left <= 0) {
          reset(from);
          reset(to);
          return;
        }
      }
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private void spoil(byte[] chunk, int count) {
    long at = corruptAt.get();
    if (at >= 0) {
      if (at < count) {
        chunk[(int) at] ^= 1;
        corruptAt.set(-1);
      } else {
        corruptAt.set(at - count);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The relay has closed.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
