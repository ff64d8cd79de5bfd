package qwormhole.bench.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import qwormhole.bench.load.SideSpec;

/** Where the two sides of a run are: both here, or the server behind a serving bench elsewhere. */
public final class Site implements AutoCloseable {
  private final Children children = new Children();
  private final String host;
  private final int port;
  private final Greeting remote;

  private Site(String host, int port, Greeting remote) {
    this.host = host;
    this.port = port;
    this.remote = remote;
  }

  /** Both sides on this machine, over loopback. */
  public static Site here() {
    return new Site(SideSpec.LOOPBACK, 0, null);
  }

  /**
   * The server elsewhere.
   *
   * @throws VersionException when the bench there is of another version
   * @throws IOException when there is none, or it is busy
   */
  public static Site remote(String host, int port) throws IOException {
    try (RemotePeer peer = new RemotePeer(host, port)) {
      return new Site(host, port, peer.greeting());
    }
  }

  /** Whether both sides are here. */
  public boolean isLocal() {
    return remote == null;
  }

  /** The address of the server's machine. */
  public String host() {
    return host;
  }

  /** The server's machine by its own account, when it is another one. */
  public Optional<Machine> serverMachine() {
    return Optional.ofNullable(remote).map(Greeting::machine);
  }

  /** The ids of the server's transports, when it is another machine. */
  public Optional<List<String>> serverProviders() {
    return Optional.ofNullable(remote).map(Greeting::providers);
  }

  /**
   * A server and a client that are connected.
   *
   * @throws qwormhole.bench.load.UnavailableException when a contender cannot work there
   */
  public Pair pair(SideSpec spec, String serverId, String clientId) throws IOException {
    Peer server = isLocal() ? children.start(Role.SERVER) : new RemotePeer(host, port);
    return new Pair(children, server, spec, serverId, clientId);
  }

  /**
   * A server that something else drives.
   *
   * @throws qwormhole.bench.load.UnavailableException when its contender cannot work here
   */
  public LoneServer server(SideSpec spec) throws IOException {
    return new LoneServer(children, spec);
  }

  /**
   * A server and clients that are connected, one side of which can lose its transport.
   *
   * @throws qwormhole.bench.load.UnavailableException when a transport cannot work here
   */
  public FallbackPair fallbackPair(FallbackSpec spec) throws IOException {
    return new FallbackPair(children, spec);
  }

  /** Ends all processes at once; rounds that wait for them fail. Any thread. */
  public void abort() {
    children.close();
  }

  @Override
  public void close() {
    children.close();
  }
}
