package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.QWormholeClient;
import qwormhole.api.QWormholeRuntime;
import qwormhole.api.SendResult;

/**
 * Keeps some numbered messages on their way and an account of them. Each that was accepted comes back
 * once, or its connection's end is told, which makes its fate unknown.
 */
final class EchoingClient extends ClientTrace<String> {
  private static final int UNDER_WAY = 16;
  private static final int ECHOES_AFTER_LOSS = 100;

  private final String name;
  private final CountDownLatch echoesAfterLoss = new CountDownLatch(ECHOES_AFTER_LOSS);
  private QWormholeClient<String> endpoint;
  private CompletableFuture<Connection<String>> connect;

  // Guarded by this.
  private final Set<String> underWay = new LinkedHashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();
  private int sent;
  private int echoed;
  private int connectionsLost;
  private boolean stopped;

  EchoingClient(String name) {
    this.name = name;
  }

  void start(QWormholeRuntime runtime, ClientOptions<String> options) {
    endpoint = runtime.client(options, this);
    connect = endpoint.connect();
  }

  QWormholeClient<String> endpoint() {
    return endpoint;
  }

  @Override
  void ready(Connection<String> connection) {
    send(connection);
  }

  @Override
  synchronized void message(Connection<String> connection, String message) {
    if (underWay.remove(message)) {
      echoed++;
    } else {
      wrong.add(message + (unknown.contains(message) ? " after its connection" : " again"));
    }
    if (connectionsLost > 0) {
      echoesAfterLoss.countDown();
    }
    send(connection);
  }

  private synchronized void send(Connection<String> connection) {
    while (!stopped && underWay.size() < UNDER_WAY) {
      String message = name + "-" + sent;
      underWay.add(message);
      if (connection.trySend(message) != SendResult.SENT) {
        underWay.remove(message);
        return;
      }
      sent++;
    }
  }

  @Override
  synchronized void closed(Connection<String> connection, CloseReason reason) {
    unknown.addAll(underWay);
    underWay.clear();
    connectionsLost++;
  }

  void awaitEchoAfterLoss() {
    try {
      if (!echoesAfterLoss.await(Deadline.LONG.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " does not echo again: " + log.all());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    assertThat(connect).isCompleted();
  }

  /** Sends no more, and waits for what is under way. */
  void stop() {
    synchronized (this) {
      stopped = true;
    }
    Deadline.until("the last echoes", this::isAllBack);
  }

  private synchronized boolean isAllBack() {
    return underWay.isEmpty();
  }

  synchronized void assertNothingLostOrDoubled() {
    assertThat(wrong).isEmpty();
    assertThat(echoed + unknown.size()).as("echoed or unknown of those sent").isEqualTo(sent);
    assertThat(unknown).as("unknown").hasSizeLessThanOrEqualTo(connectionsLost * UNDER_WAY);
  }
}
