package qwormhole.api.internal.session.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import qwormhole.api.ClientOptions;
import qwormhole.api.EndpointOptions;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ReconnectPolicy;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.handshake.Identity;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.select.OnlyProvider;
import qwormhole.api.internal.session.ClientEndpoint;
import qwormhole.api.internal.session.ServerEndpoint;
import qwormhole.api.internal.session.SimulatedEngine;

/** A server and a client with resumable sessions in a world of their own, with options of chance. */
final class Pair {
  private static final long PATIENCE_NANOS = 100_000_000_000L;
  private static final int MAX_FRAME_BYTES = 132_000;
  private static final Identity SERVER = Identity.generate();
  private static final Identity CLIENT = Identity.generate();

  final World world;
  final Network network;
  final Application application;
  QWormholeServer<ByteBuffer> server;
  final QWormholeClient<ByteBuffer> client;
  final Duration sessionTimeout;
  private final SimulatedEngine engine;
  private final ServerOptions<ByteBuffer> serverOptions;
  private boolean restarting;
  private final SegmentPool pool;

  Pair(World world, SegmentPool pool, Duration sessionTimeout) {
    this.world = world;
    this.pool = pool;
    this.sessionTimeout = sessionTimeout;
    network = new Network(world);
    application = new Application(world.random);
    engine =
        new SimulatedEngine(
            world, pool, OnlyProvider.selector(network), world::soon, world::runUntil);
    world.onLook = engine::lookAfterStreams;
    world.onEvent = application::check;
    boolean serverPauses = world.chance(20);
    boolean clientPauses = !serverPauses && world.chance(25); // both would wait for each other
    boolean checksum = world.chance(20);
    var forServer =
        ServerOptions.builder(Codec.bytes())
            .sessionTimeout(sessionTimeout)
            .maxSuspendedBytes(world.chance(10) ? 20_000 : 64 << 20)
            .autoPause(serverPauses);
    if (world.chance(15)) {
      forServer.verifier(applicant -> decision());
    }
    var forClient =
        ClientOptions.builder(Codec.bytes())
            .requireCapability("session")
            .connectTimeout(Duration.ofSeconds(1))
            .reconnect(
                new ReconnectPolicy(
                    Duration.ofMillis(1), Duration.ofMillis(1), 1, Integer.MAX_VALUE))
            .autoPause(clientPauses);
    common(forServer, checksum);
    common(forClient, checksum);
    if (world.chance(10)) {
      forServer.identity(SERVER);
      forClient.identity(CLIENT);
    }
    serverOptions = forServer.build();
    listen();
    client =
        new ClientEndpoint<>(engine.engine(), false, forClient.build(), application.new Client());
  }

  private void listen() {
    server = ServerEndpoint.listen(engine.engine(), false, serverOptions, application.new Server());
  }

  /** A verifier that asks somebody else, who takes a while. */
  private CompletableFuture<Verdict> decision() {
    CompletableFuture<Verdict> decision = new CompletableFuture<>();
    world.after(
        world.random.nextInt(world.pick(1_000_000, 1_500_000_000)),
        () -> decision.complete(Verdict.accept()));
    return decision;
  }

  /** The server's process ends, and another one begins at the same address. */
  void restart(boolean killed, Duration grace) {
    if (restarting || server.closed().isDone()) {
      return;
    }
    restarting = true;
    if (killed) {
      network.killServer();
    }
    server.close(killed ? Duration.ZERO : grace);
    var unused =
        server
            .closed()
            .whenComplete(
                (done, failure) ->
                    world.soon(
                        () -> {
                          listen();
                          restarting = false;
                        }));
  }

  boolean isRestarting() {
    return restarting;
  }

  private void common(EndpointOptions.Builder<ByteBuffer, ?> options, boolean checksum) {
    options
        .port(Network.ADDRESS.getPort())
        .resumable(true)
        .checksum(checksum)
        .replayBytes(world.pick(64 << 10, 128 << 10, 1 << 20))
        .maxFrameBytes(MAX_FRAME_BYTES)
        .maxOutboundBytes(world.pick(MAX_FRAME_BYTES + 8, 1 << 20))
        .pingInterval(Duration.ofSeconds(1));
    if (world.chance(30)) {
      Executor later = world::soon;
      options.handlerExecutor(later);
    }
  }

  /** Goes on until something has come, which has to come. */
  void await(String what, BooleanSupplier event) {
    check(world.runUntil(event, PATIENCE_NANOS), "no end of waiting for " + what);
  }

  /** Whether one session is left, and all that was accepted has been handled and acknowledged. */
  boolean isQuiet() {
    List<Party> alive = application.alive();
    return !restarting
        && alive.size() == 2
        && alive.stream().allMatch(Party::isQuiet)
        && (alive.get(0).peer == alive.get(1) || alive.get(0).accepted + alive.get(1).accepted == 0)
        && pool.outBytes() == 0;
  }

  /** After both have been closed: nothing is left of them. */
  void awaitEnd() {
    await("the end", () -> client.closed().isDone() && server.closed().isDone());
    await("what is left of timers", () -> world.timers() == 0);
    await("what is left of links", () -> network.openLinks() == 0);
    engine.engine().close();
    application.checkEnd();
    check(pool.outBytes() == 0, pool.outBytes() + " bytes of memory are left");
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("client ").append(client.state()).append(" ").append(application.clientEnd);
    text.append(", server connections ").append(server.connectionCount());
    text.append(", timers ").append(world.timers());
    text.append(", memory ").append(pool.outBytes());
    application.parties.forEach(party -> text.append("\n  ").append(party));
    network.describe(text);
    return text.toString();
  }
}
