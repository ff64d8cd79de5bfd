package qwormhole.api.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.TlsInfo;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.frame.Segment;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;

/**
 * TLS on one link: makes the handshake, then decrypts. The session behind it is opened when the
 * handshake is complete, and gets plain bytes from then on; before that nothing reaches it but the end.
 * On the link's loop, but for what says otherwise.
 */
public final class TlsHandler implements LinkHandler {
  /** Seven full records and the room that the engine wants for the next. */
  private static final int PLAIN_BYTES = 128 << 10;

  /** A chain of certificates is some KiB; the engine has limits for each message besides. */
  private static final int MAX_HANDSHAKE_BYTES = 64 << 10;

  /**
   * Records in a row that bring no plain bytes. A handshake takes about ten; more are a message cut into
   * crumbs, or key updates without end.
   */
  private static final int MAX_EMPTY_RECORDS = 32;

  /** Key updates that are not answered, since the peer takes nothing. */
  private static final int MAX_OWED = 32;

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final TlsEngines engines;
  private final TlsHost host;
  private final SSLEngine engine;
  private final LinkHandler session;
  private final RecordReader reader;
  private volatile Link link;
  private volatile boolean abandoned;
  private volatile TlsInfo info;
  private volatile Map<String, Object> tags = Map.of();
  private TlsLink out;
  private Runnable deadline = () -> {};
  private boolean stalled;
  private boolean computing;
  private boolean paused;
  private boolean established;
  private boolean ended;
  private boolean heard;
  private int handshakeBytes;
  private int emptyRecords;
  private int owed;

  TlsHandler(TlsEngines engines, TlsHost host, SSLEngine engine, LinkHandler session) {
    this.engines = engines;
    this.host = host;
    this.engine = engine;
    this.session = session;
    this.reader = new RecordReader(host.pool());
  }

  /** What was agreed on, or null before the handshake is complete. Any thread. */
  public TlsInfo info() {
    return info;
  }

  /** What a client's QWormhole handshake says of this connection. Any thread. */
  public Map<String, Object> tags() {
    return tags;
  }

  /** Ends a link whose TLS handshake is not complete, now or when it opens. Any thread. */
  public void abandon() {
    abandoned = true;
    Link opened = link;
    if (opened != null) {
      opened.execute(this::giveUp);
    }
  }

  private void giveUp() {
    if (!established && !ended) {
      end(new TlsEnd(Initiator.LOCAL, ErrorCode.E_CLOSED, "given up during the TLS handshake"));
      link.abort();
    }
  }

  // the link's events

  @Override
  public void onOpen(Link opened) {
    out = new TlsLink(opened, engine, host, this::onWritable);
    link = opened;
    if (abandoned) {
      giveUp();
      return;
    }
    deadline =
        host.schedule(() -> opened.execute(this::onDeadline), engines.handshakeTimeout().toNanos());
    try {
      engine.beginHandshake();
      drive(engine.getHandshakeStatus());
    } catch (IOException e) {
      fail(e);
    }
  }

  private void onDeadline() {
    if (!established && !ended) {
      String limit = engines.handshakeTimeout().toMillis() + " ms";
      fail(
          new TlsEnd(
              Initiator.LOCAL,
              ErrorCode.E_HANDSHAKE_TIMEOUT,
              "the TLS handshake was not complete within " + limit));
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (isOver()) {
      return;
    }
    heard = true;
    process(bytes);
  }

  private boolean isOver() {
    return ended || out.isClosing();
  }

  @Override
  public void onWritable() {
    try {
      boolean wanted = out.writable();
      if (stalled && !computing && !ended) {
        goOn();
      } else if (wanted && !ended) {
        session.onWritable();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** An end that TLS did not announce may have been made by anybody on the way: not orderly. */
  @Override
  public void onClosed(Throwable cause) {
    if (ended) {
      return;
    }
    boolean ours = out != null && out.isClosing();
    Throwable why = cause;
    if (cause == null && established && !ours) {
      why =
          new TlsEnd(
              Initiator.NETWORK,
              ErrorCode.E_CONNECTION_LOST,
              "the stream was cut off: it ended without close_notify");
    } else if (cause == null && !established) {
      why = endedEarly();
    } else if (cause != null && !established && out != null) {
      why = lostEarly(cause);
    }
    ending();
    if (out != null) {
      out.drop();
    }
    session.onClosed(why);
  }

  private static TlsEnd lostEarly(Throwable cause) {
    return new TlsEnd(
        Initiator.NETWORK,
        ErrorCode.E_CONNECTION_LOST,
        "the connection was lost during the TLS handshake: "
            + SafeText.of(String.valueOf(cause.getMessage()), SafeText.PEER_CHARS));
  }

  /** Who connects and leaves without a word looks whether somebody listens: no fault of anybody's. */
  private TlsEnd endedEarly() {
    boolean looked = !engine.getUseClientMode() && !heard;
    return new TlsEnd(
        Initiator.PEER,
        looked ? null : ErrorCode.E_CONNECTION_LOST,
        "the peer ended the connection during the TLS handshake; does it expect TLS?");
  }

  // the handshake

  /** Does what the engine asks for, until that is bytes of the peer's. */
  private void drive(HandshakeStatus first) throws IOException {
    HandshakeStatus status = first;
    while (!established) {
      switch (status) {
        case NEED_WRAP -> {
          status = out.handshake();
          if (status == null) {
            stall();
            return;
          }
        }
        case NEED_TASK -> {
          stall();
          runTasks();
          return;
        }
        case FINISHED, NOT_HANDSHAKING -> establish();
        default -> {
          return;
        }
      }
    }
  }

  /** Until the engine can go on, what arrives is kept, and soon nothing more arrives. */
  private void stall() {
    stalled = true;
    if (!paused) {
      paused = true;
      link.pauseReads();
    }
  }

  private void runTasks() {
    computing = true;
    host.offLoop(
            () -> {
              for (Runnable task = engine.getDelegatedTask();
                  task != null;
                  task = engine.getDelegatedTask()) {
                task.run();
              }
            })
        .whenComplete((done, failure) -> link.execute(() -> tasksDone(failure)));
  }

  private void tasksDone(Throwable failure) {
    computing = false;
    if (ended) {
      return;
    }
    if (failure == null) {
      goOn();
    } else {
      fail(
          new TlsEnd(
              Initiator.LOCAL,
              ErrorCode.E_RESOURCE_EXHAUSTED,
              "the TLS handshake could not be computed: " + failure.getMessage()));
    }
  }

  private void goOn() {
    stalled = false;
    try {
      drive(engine.getHandshakeStatus());
    } catch (IOException e) {
      fail(e);
      return;
    }
    if (!stalled) {
      process(NO_BYTES);
    }
    if (!stalled && !ended) {
      readAgain();
    }
  }

  private void readAgain() {
    if (paused) {
      paused = false;
      link.resumeReads();
    }
  }

  /** The last checks, then the session may write and read. */
  private void establish() throws IOException {
    TlsInfo agreed = engines.check(engine);
    if (engine.getUseClientMode()) {
      tags = TlsTags.of(engine.getSession().getLocalCertificates(), agreed.alpn());
    }
    info = agreed;
    established = true;
    emptyRecords = 0;
    deadline.run();
    readAgain(); // before the session has its own reasons to pause
    session.onOpen(out);
  }

  // decryption

  /** Decrypts what is there; a chunk is taken whole. */
  private void process(ByteBuffer bytes) {
    Segment plain = null;
    try {
      while (!stalled && !isOver()) {
        ByteBuffer record = reader.next(bytes);
        if (record == null) {
          break;
        }
        if (plain == null) {
          plain = plainSegment();
        }
        decrypt(record, plain.memory);
      }
      if (stalled) {
        reader.keep(bytes);
      }
      deliver(plain);
    } catch (IOException e) {
      deliver(plain); // it came before the fault
      fail(e);
    } finally {
      if (plain != null) {
        host.pool().release(plain);
      }
    }
  }

  private Segment plainSegment() throws TlsEnd {
    Segment segment = host.pool().acquire(PLAIN_BYTES);
    if (segment == null) {
      throw new TlsEnd(
          Initiator.LOCAL, ErrorCode.E_RESOURCE_EXHAUSTED, "no buffer to decrypt into");
    }
    return segment;
  }

  private void decrypt(ByteBuffer record, ByteBuffer plain) throws IOException {
    if (plain.remaining() < engine.getSession().getApplicationBufferSize()) {
      deliver(plain);
    }
    SSLEngineResult result = engine.unwrap(record, plain);
    if (result.getStatus() == Status.CLOSED) {
      deliver(plain);
      closedByPeer();
      return;
    }
    if (result.getStatus() != Status.OK) {
      throw TlsEnd.refused("a TLS record of the wrong size");
    }
    emptyRecords = result.bytesProduced() > 0 ? 0 : emptyRecords + 1;
    if (emptyRecords > MAX_EMPTY_RECORDS) {
      throw TlsEnd.refused("too many TLS records without a message in them");
    }
    if (established) {
      answer(result);
      return;
    }
    handshakeBytes += result.bytesConsumed();
    if (handshakeBytes > MAX_HANDSHAKE_BYTES) {
      throw TlsEnd.refused("a TLS handshake of more than " + MAX_HANDSHAKE_BYTES + " bytes");
    }
    drive(result.getHandshakeStatus());
  }

  /** Key updates are answered; another handshake on the same connection (TLS 1.2) is refused. */
  private void answer(SSLEngineResult result) throws IOException {
    switch (result.getHandshakeStatus()) {
      case NEED_WRAP -> {
        owed = out.handshake() == null ? owed + 1 : 0;
        if (owed > MAX_OWED) {
          throw TlsEnd.refused("the peer asks for new keys and takes none");
        }
      }
      case NEED_TASK -> throw TlsEnd.refused("the peer asks for renegotiation");
      default -> {}
    }
  }

  private void deliver(Segment plain) {
    if (plain != null) {
      deliver(plain.memory);
    }
  }

  private void deliver(ByteBuffer plain) {
    if (plain.position() > 0 && !isOver()) {
      session.onBytes(plain.flip());
    }
    plain.clear();
  }

  // the end

  private void closedByPeer() {
    if (established) {
      end(null);
    } else {
      end(endedEarly());
    }
    link.close();
  }

  private void fail(IOException thrown) {
    if (ended) {
      return;
    }
    end(Diagnosis.of(thrown));
    link.close();
  }

  /** Tells the peer, if it speaks TLS, then the session; null for an orderly end. */
  private void end(IOException why) {
    ending();
    if (handshakeBytes > 0) {
      out.end();
    } else {
      out.drop();
    }
    session.onClosed(why);
  }

  private void ending() {
    ended = true;
    deadline.run();
    reader.release();
  }
}
