package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that is nothing but a listening socket; what it accepted closes with it. */
final class WireListener implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket();
  private final Queue<WirePeer> accepted = new ConcurrentLinkedQueue<>();

  WireListener() throws IOException {
    this(0, 50);
  }

  WireListener(int port, int backlog) throws IOException {
    socket.setReuseAddress(true);
    socket.setSoTimeout((int) Deadline.LONG.toMillis());
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
  }

  int port() {
    return socket.getLocalPort();
  }

  WirePeer accept() throws IOException {
    WirePeer peer = new WirePeer(socket.accept());
    accepted.add(peer);
    return peer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (WirePeer peer : accepted) {
      peer.close();
    }
  }
}
