package qwormhole.api.internal.session.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import qwormhole.api.Batch;
import qwormhole.api.ClientListener;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.SendResult;
import qwormhole.api.ServerListener;
import qwormhole.api.SessionLoss;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/** A client's and a server's application: says random things, and keeps the parties' accounts. */
final class Application {
  final List<Party> parties = new ArrayList<>();
  private final List<CompletableFuture<Void>> completions = new ArrayList<>();
  private final Random random;
  private AssertionError violation;
  private boolean clientClosed;
  CloseReason clientEnd;
  private boolean serverClosed;

  Application(Random random) {
    this.random = random;
  }

  /** Throws what a handler has found, which the endpoints would have kept to themselves. */
  void check() {
    if (violation != null) {
      throw violation;
    }
    alive().forEach(Party::checkNow);
  }

  /** Those whose end has not been told. */
  List<Party> alive() {
    return parties.stream().filter(party -> party.closed == null).toList();
  }

  /** After both endpoints have closed: everybody was told so. */
  void checkEnd() {
    check();
    for (Party party : parties) {
      party.check(party.closed != null, "not told of its end");
    }
    if (!clientClosed || !serverClosed) {
      throw new AssertionError("an endpoint was not told of its end");
    }
    if (!completions.stream().allMatch(CompletableFuture::isDone)) {
      throw new AssertionError("a future has not completed");
    }
  }

  /** Sessions end when somebody closes them or when they wait for a link for too long. */
  void checkReasons() {
    for (Party party : parties) {
      party.check(party.hasEndedForAReason(), "ended for no reason");
    }
  }

  private void begin(String side, Connection<ByteBuffer> connection) {
    Party party = new Party(parties.size(), side, connection);
    parties.add(party);
    connection.attach(party);
  }

  private void with(Connection<ByteBuffer> connection, Consumer<Party> event) {
    guarded(() -> event.accept((Party) connection.attachment()));
  }

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | AssertionError e) {
      violation =
          violation != null
              ? violation
              : e instanceof AssertionError known ? known : new AssertionError(e);
    }
  }

  private void message(Connection<ByteBuffer> connection, ByteBuffer message) {
    with(
        connection,
        party -> {
          party.message(parties, message);
          if (random.nextInt(8) == 0) {
            send(party);
          }
        });
  }

  private void error(QWormholeException error) {
    if (error.code() == ErrorCode.E_HANDLER_FAILED || error.code() == ErrorCode.E_CODEC) {
      violation = new AssertionError(error);
    }
  }

  // sending

  /** Says something, one way or another. */
  void send(Party party) {
    int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 4);
    int most = 1 << (random.nextInt(4) == 0 ? 10 + random.nextInt(8) : random.nextInt(10));
    if (random.nextInt(12) == 0) {
      sendLarge(party, 1 + random.nextInt(6));
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> sendBatch(party, count, most);
      case 1 -> sendAsync(party, most);
      default -> {
        for (int i = 0; i < count && trySend(party, most) == SendResult.SENT; i++) {}
      }
    }
  }

  /** Messages of a little more than a segment and an acknowledgement's bytes. */
  private void sendLarge(Party party, int count) {
    for (int i = 0; i < count; i++) {
      party.sent(party.connection.trySend(party.next(65_500 + random.nextInt(100))));
    }
  }

  private SendResult trySend(Party party, int most) {
    ByteBuffer message = party.next(random.nextInt(most));
    SendResult result =
        random.nextBoolean()
            ? party.connection.trySend(message)
            : party.connection.send(message, Duration.ZERO);
    return party.sent(result);
  }

  private void sendBatch(Party party, int count, int most) {
    try (Batch<ByteBuffer> batch = party.connection.batch()) {
      for (int i = 0; i < count; i++) {
        party.sent(batch.trySend(party.next(random.nextInt(most))));
        if (random.nextInt(10) == 0) {
          batch.flush();
        }
      }
    }
  }

  private void sendAsync(Party party, int most) {
    CompletableFuture<Void> completion =
        party.connection.sendAsync(party.next(random.nextInt(most)));
    completions.add(completion);
    boolean refused =
        completion.isCompletedExceptionally()
            && completion.handle((done, failure) -> failure).join()
                instanceof QWormholeException why
            && Set.of(ErrorCode.E_BACKPRESSURE, ErrorCode.E_CLOSED).contains(why.code());
    party.sent(refused ? SendResult.BACK_PRESSURED : SendResult.SENT);
  }

  // listeners

  final class Client implements ClientListener<ByteBuffer> {
    @Override
    public void onConnected(Connection<ByteBuffer> connection) {
      begin("client", connection);
    }

    @Override
    public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
      message(connection, message);
    }

    @Override
    public void onSuspended(Connection<ByteBuffer> connection, CloseReason why) {
      with(connection, Party::suspended);
    }

    @Override
    public void onResumed(Connection<ByteBuffer> connection) {
      with(connection, Party::resumed);
    }

    @Override
    public void onSessionLost(Connection<ByteBuffer> connection, SessionLoss<ByteBuffer> loss) {
      with(connection, party -> party.lost(loss));
    }

    @Override
    public void onClosed(Connection<ByteBuffer> connection, CloseReason reason) {
      with(connection, party -> party.closed(reason));
    }

    @Override
    public void onError(QWormholeException error) {
      error(error);
    }

    @Override
    public void onClientClosed(CloseReason reason) {
      clientEnd = reason;
      clientClosed = true;
    }
  }

  final class Server implements ServerListener<ByteBuffer> {
    @Override
    public void onConnection(Connection<ByteBuffer> connection) {
      begin("server", connection);
    }

    @Override
    public void onMessage(Connection<ByteBuffer> connection, ByteBuffer message) {
      message(connection, message);
    }

    @Override
    public void onSuspended(Connection<ByteBuffer> connection, CloseReason why) {
      with(connection, Party::suspended);
    }

    @Override
    public void onResumed(Connection<ByteBuffer> connection) {
      with(connection, Party::resumed);
    }

    @Override
    public void onClosed(Connection<ByteBuffer> connection, CloseReason reason) {
      with(connection, party -> party.closed(reason));
    }

    @Override
    public void onError(Connection<ByteBuffer> connection, QWormholeException error) {
      error(error);
    }

    @Override
    public void onServerClosed() {
      serverClosed = true;
    }
  }
}
