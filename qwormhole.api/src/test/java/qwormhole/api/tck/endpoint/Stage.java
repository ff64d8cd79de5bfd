package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

/**
 * Servers and clients over the providers under test, and raw peers. When a test is over all of them
 * are closed, and every listener must have been told in order and every thread must have ended.
 */
final class Stage {
  private static final String THREADS = "qwormhole-";
  private static final Duration GRACE = Duration.ofMillis(500);

  private final String serverProvider;
  private final String clientProvider;
  private final Set<Thread> threadsBefore = threads();
  private final Deque<AutoCloseable> peers = new ArrayDeque<>();
  private final Deque<AutoCloseable> endpoints = new ArrayDeque<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final List<Trace<?>> traces = new ArrayList<>();

  Stage(String serverProvider, String clientProvider) {
    this.serverProvider = serverProvider;
    this.clientProvider = clientProvider;
  }

  /** The id of the provider that carries the servers. */
  String serverProvider() {
    return serverProvider;
  }

  /** The id of the provider that carries the clients. */
  String clientProvider() {
    return clientProvider;
  }

  /** Options of a text server on a free port. */
  ServerOptions.Builder<String> server() {
    return server(Codec.text());
  }

  <M> ServerOptions.Builder<M> server(Codec<M> codec) {
    return ServerOptions.builder(codec).require(serverProvider);
  }

  <M> QWormholeServer<M> listen(ServerOptions.Builder<M> options, ServerListener<M> listener) {
    watch(listener);
    QWormholeServer<M> server = QWormhole.listen(options.build(), listener);
    endpoints.addLast(() -> server.close(GRACE));
    return server;
  }

  /** Options of a text client of a port on this machine. */
  ClientOptions.Builder<String> client(int port) {
    return client(Codec.text(), port);
  }

  <M> ClientOptions.Builder<M> client(Codec<M> codec, int port) {
    return ClientOptions.builder(codec).require(clientProvider).port(port);
  }

  /** A client that was not asked to connect. */
  <M> QWormholeClient<M> make(ClientOptions.Builder<M> options, ClientListener<M> listener) {
    watch(listener);
    QWormholeClient<M> client = QWormhole.client(options.build(), listener);
    endpoints.addFirst(() -> client.close(GRACE));
    return client;
  }

  /** A client that is ready. */
  <M> QWormholeClient<M> connect(ClientOptions.Builder<M> options, ClientListener<M> listener) {
    QWormholeClient<M> client = make(options, listener);
    Deadline.get("connect", client.connect());
    return client;
  }

  /** A connected raw client. */
  WirePeer dial(QWormholeServer<?> server) throws IOException {
    return add(new WirePeer(new Socket(InetAddress.getLoopbackAddress(), server.port())));
  }

  /** A raw server on a free port. */
  WireListener wireListener() throws IOException {
    return add(new WireListener());
  }

  /** Closes with the test. */
  <T extends AutoCloseable> T add(T peer) {
    peers.addFirst(peer);
    return peer;
  }

  /** Closes before the endpoints that were opened so far. */
  void addEndpoint(AutoCloseable endpoint) {
    endpoints.addFirst(endpoint);
  }

  /** Closes after all endpoints. */
  void addLast(AutoCloseable resource) {
    resources.addFirst(resource);
  }

  /** Checks a listener's rules after the test. */
  void watch(Object listener) {
    if (listener instanceof Trace<?> trace) {
      traces.add(trace);
    }
  }

  void closePeers() throws Exception {
    closeAll(peers);
  }

  /** Ends everything now, and checks what must hold in the end. */
  void end() throws Exception {
    closePeers();
    closeAll(endpoints);
    closeAll(resources);
    traces.forEach(Trace::assertRulesKept);
    traces.clear();
    Deadline.until("threads to end: " + threadsOfTest(), () -> threadsOfTest().isEmpty());
  }

  private static void closeAll(Deque<AutoCloseable> things) throws Exception {
    while (!things.isEmpty()) {
      things.removeFirst().close();
    }
  }

  /** The library's threads that were not there before the test. */
  List<String> threadsOfTest() {
    return threads().stream()
        .filter(thread -> !threadsBefore.contains(thread))
        .map(Thread::getName)
        .toList();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREADS))
        .collect(Collectors.toSet());
  }
}
