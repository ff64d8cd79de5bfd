package qwormhole.bench.fallback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;

/** A server that echoes, and remembers which message of which client it was handed. */
public final class FallbackServer implements Mortal, ServerListener<ByteBuffer> {
  private final Fault fault;
  private final Diary diary = new Diary("server");
  private final QWormholeRuntime runtime;
  private final QWormholeServer<ByteBuffer> server;

  // Guarded by this: the loop changes with the transport.
  private final BitSet[] seen;
  private long received;
  private long doubled;

  /**
   * Listens on a free port of the loopback address.
   *
   * @param provider what it begins with; another may take over
   * @param clients how many there will be, numbered from 0
   * @param resume whether their sessions can be resumed
   * @throws IOException when it cannot listen, or not with this provider
   */
  public FallbackServer(String provider, int clients, boolean resume) throws IOException {
    fault = new Fault(provider);
    seen = new BitSet[clients];
    for (int i = 0; i < clients; i++) {
      seen[i] = new BitSet();
    }
    runtime = new QWormholeRuntime(builder -> {}, fault);
    ServerOptions<ByteBuffer> options =
        ServerOptions.builder(Codec.bytes())
            .preferredBackend(provider)
            .autoPause(true)
            .resumable(resume)
            .maxSuspended(clients)
            .telemetry(diary)
            .build();
    try {
      server = runtime.listen(options, this);
      Mortal.checkBegan(provider, server.mode(), server.report());
    } catch (QWormholeException e) {
      runtime.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      runtime.close();
      throw e;
    }
  }

  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    note(Numbers.client(message), Numbers.number(message));
    connection.send(message);
  }

  private synchronized void note(int client, int number) {
    received++;
    if (seen[client].get(number)) {
      doubled++;
    }
    seen[client].set(number);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Messages that it was handed. */
  public synchronized long received() {
    return received;
  }

  /** Of those the ones that it had been handed before. */
  public synchronized long doubled() {
    return doubled;
  }

  @Override
  public long strike() {
    return fault.strike();
  }

  @Override
  public String mode() {
    return server.mode();
  }

  @Override
  public List<Happening> happenings() {
    return diary.happenings();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
