package qwormhole.bench.wormhole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import qwormhole.api.Batch;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.SendResult;
import qwormhole.bench.load.Counts;
import qwormhole.bench.load.Limits;
import qwormhole.bench.load.Payload;
import qwormhole.bench.load.SendForm;
import qwormhole.bench.load.Share;
import qwormhole.bench.load.SideSpec;

/** Sends one way in the chosen form; a round ends with the server's confirmation. */
final class StreamLane extends ThreadLane {
  private static final int SCOPE = 8192;

  private final SendForm form;
  private final Payload payload;
  private final BooleanSupplier room = this::hasDrained;
  private volatile boolean drained;
  private volatile Counts confirmed = Counts.NONE;
  private volatile long confirmedAt;

  StreamLane(SideSpec spec) {
    form = spec.send();
    payload = new Payload(spec);
  }

  @Override
  Share round(QWormholeClient<ByteBuffer> sender, long messages) throws IOException {
    Counts before = confirmed;
    long began = System.nanoTime();
    switch (form) {
      case SEND -> send(sender, messages);
      case BATCH -> batch(sender, messages);
      case TRY -> trySend(sender, messages);
    }
    await(() -> !confirmed.equals(before), "confirmation");
    return new Share(began, confirmedAt, messages, confirmed.minus(before), null, null);
  }

  private void send(QWormholeClient<ByteBuffer> sender, long messages) throws IOException {
    for (long i = 0; i < messages; i++) {
      require(sender.send(payload.next(), Limits.STALL));
    }
  }

  private void batch(QWormholeClient<ByteBuffer> sender, long messages) throws IOException {
    for (long left = messages; left > 0; left -= SCOPE) {
      try (Batch<ByteBuffer> batch = sender.batch()) {
        for (long i = Math.min(SCOPE, left); i > 0; i--) {
          require(batch.send(payload.next(), Limits.STALL));
        }
      }
    }
  }

  private void trySend(QWormholeClient<ByteBuffer> sender, long messages) throws IOException {
    for (long i = 0; i < messages; i++) {
      ByteBuffer message = payload.next();
      SendResult result = sender.trySend(message);
      while (result == SendResult.BACK_PRESSURED) {
        await(room, "room");
        drained = false;
        result = sender.trySend(message);
      }
      require(result);
    }
  }

  private void require(SendResult result) throws IOException {
    if (result != SendResult.SENT) {
      checkOpen();
      throw new IOException("a send ended with " + result);
    }
  }

  private boolean hasDrained() {
    return drained;
  }

  @Override
  public void onDrain(Connection<ByteBuffer> connection) {
    drained = true;
    signal();
  }

  @Override
  public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
    confirmedAt = System.nanoTime();
    confirmed = Counts.read(message);
    signal();
  }
}
