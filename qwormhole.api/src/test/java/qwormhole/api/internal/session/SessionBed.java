package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.spi.Link;

/** A connection on a link of the test's own: the session, and what it tells the application. */
final class SessionBed {
  /** What the application was told, in order. */
  final List<String> told = new CopyOnWriteArrayList<>();

  final SegmentPool pool = new SegmentPool(64 << 20);
  final Peer peer;
  final LinkSession session;

  SessionBed(ClientOptions<ByteBuffer> options, Timers timers, StreamGuard guard) {
    SessionContext context =
        new SessionContext(options, SessionLimits.of(options), timers, pool, guard);
    HandlerQueue handlers = options.handlerExecutor().map(HandlerQueue::new).orElse(null);
    peer = new Peer(context, handlers);
    session = peer.session;
  }

  /** With a manual clock, and no guard that looks. */
  SessionBed(ClientOptions<ByteBuffer> options, ManualTimers timers) {
    this(options, timers, new StreamGuard(task -> new Thread(() -> {})));
  }

  static ClientOptions.Builder<ByteBuffer> options() {
    return ClientOptions.builder(Codec.bytes()).port(1);
  }

  /** Opens the link, and the session without negotiation. */
  Outbound open(Link link, boolean negotiated) {
    session.onOpen(link);
    session.open(negotiated);
    return session.outbound();
  }

  void assertClean() {
    assertThat(pool.outBytes()).isZero();
  }

  /** Either end of a connection, without a handshake of its own. */
  final class Peer extends PeerConnection<ByteBuffer> {
    Peer(SessionContext context, HandlerQueue handlers) {
      super(context, 7, 1 << 20, Codec.bytes(), new Application(), handlers, "fake");
    }

    @Override
    public void onLinkOpen() {
      told.add("link open");
    }

    @Override
    public void onFirstFrame(ByteBuffer frame) {
      told.add("first frame");
    }

    @Override
    public void onLinkClosed(CloseReason reason) {
      told.add("closed: " + reason.code() + " " + reason.detail());
    }
  }

  private final class Application implements Events<ByteBuffer> {
    @Override
    public void message(Connection<ByteBuffer> connection, ByteBuffer message) {
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      told.add("message " + Payloads.text(bytes));
    }

    @Override
    public void backpressure(Connection<ByteBuffer> connection) {
      told.add("backpressure");
    }

    @Override
    public void drain(Connection<ByteBuffer> connection) {
      told.add("drain");
    }

    @Override
    public void closed(Connection<ByteBuffer> connection, CloseReason reason) {
      throw new AssertionError("told by endpoints only");
    }

    @Override
    public void suspended(Connection<ByteBuffer> connection, CloseReason why) {
      told.add("suspended " + why.code());
    }

    @Override
    public void resumed(Connection<ByteBuffer> connection) {
      told.add("resumed");
    }

    @Override
    public void error(Connection<ByteBuffer> connection, QWormholeException error) {
      told.add("error " + error.code());
    }
  }
}
