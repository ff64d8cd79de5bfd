package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.error.QWormholeException;
import qwormhole.bench.load.Effort;
import qwormhole.bench.load.Limits;

/** One client of a side, from its connect to its end. */
abstract class Lane implements ClientListener<ByteBuffer> {
  private QWormholeClient<ByteBuffer> client;
  private volatile Thread application;
  private volatile String broken;

  /** Counted on the loop only. */
  private volatile long backpressure;

  /**
   * Connects; to be called once, first.
   *
   * @throws IOException when the provider cannot work here, or the client cannot connect
   */
  final void connect(QWormholeRuntime runtime, ClientOptions<ByteBuffer> options)
      throws IOException {
    client = Opening.open(() -> runtime.client(options, this));
    try {
      client.connect().get(Limits.OPEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw Opening.failure(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("not connected after " + Limits.OPEN.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  final QWormholeClient<ByteBuffer> client() {
    return client;
  }

  /** The calling thread is the one to wake from now on. */
  final void adopt() {
    application = Thread.currentThread();
  }

  /** Lets the application thread look again; called on the loop. */
  final void signal() {
    LockSupport.unpark(application);
  }

  /** Parks the application thread until the condition holds. */
  final void await(BooleanSupplier condition, String what) throws IOException {
    if (condition.getAsBoolean()) {
      return;
    }
    long deadline = System.nanoTime() + Limits.STALL.toNanos();
    while (!condition.getAsBoolean()) {
      checkOpen();
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new IOException("no " + what + " for " + Limits.STALL.toSeconds() + " s");
      }
      LockSupport.parkNanos(this, left);
    }
  }

  /** Fails when the connection has ended. */
  final void checkOpen() throws IOException {
    if (broken != null) {
      throw new IOException(broken);
    }
  }

  /** The connection is of no more use. Called on the loop. */
  void onBroken(String how) {
    broken = how;
    signal();
  }

  @Override
  public final void onClosed(Connection<ByteBuffer> connection, CloseReason reason) {
    onBroken("the connection ended: " + reason.detail());
  }

  @Override
  public final void onError(QWormholeException error) {
    onBroken(error.getMessage());
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  public final void onBackpressure(Connection<ByteBuffer> connection) {
    backpressure++;
  }

  final String mode() {
    return client.mode();
  }

  final Effort effort() {
    return client
        .connection()
        .map(connection -> Efforts.of(connection.statistics(), backpressure))
        .orElse(Effort.NONE);
  }
}
