package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import qwormhole.api.ClientOptions;
import qwormhole.api.ServerOptions;
import qwormhole.api.TlsOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.tck.TestCertificate;

/** TLS on a scripted link, with a session behind it and the JDK's engine at the other end. */
final class TlsBed {
  private static final TestCertificate AUTHORITY = TestCertificate.authority("authority");
  private static final TestCertificate SERVER = AUTHORITY.issue("server", "127.0.0.1");

  /** Of engines that name no peer, so that no handshake is cut short by one before. */
  private static final SSLContext CONTEXT = SERVER.context(AUTHORITY);

  final ScriptedLink link = new ScriptedLink();
  final PlainSession session = new PlainSession();
  final SegmentPool pool;
  final ScriptedHost host;
  final EnginePeer peer;
  final TlsHandler handler;
  private final ByteBuffer reading = ByteBuffer.allocateDirect(2 << 20);

  private TlsBed(boolean isServer, String protocol, long poolBytes) {
    pool = new SegmentPool(poolBytes);
    host = new ScriptedHost(pool);
    TlsOptions tls =
        TlsOptions.builder()
            .context(isServer ? CONTEXT : SERVER.context(AUTHORITY))
            .protocols(protocol)
            .build();
    TlsEngines engines =
        isServer
            ? TlsEngines.of(ServerOptions.builder(Codec.bytes()).tls(tls).build(), host)
            : TlsEngines.of(ClientOptions.builder(Codec.bytes()).port(1).tls(tls).build(), host);
    SSLEngine engine = CONTEXT.createSSLEngine();
    engine.setUseClientMode(isServer);
    engine.setEnabledProtocols(new String[] {protocol});
    peer = new EnginePeer(engine);
    handler = engines.guard(session);
  }

  /** A server on the link, of which nothing has happened yet. */
  static TlsBed server(String protocol) {
    return new TlsBed(true, protocol, 64 << 20);
  }

  static TlsBed client(String protocol) {
    return new TlsBed(false, protocol, 64 << 20);
  }

  /** A server with TLS 1.3 that is through the handshake. */
  static TlsBed established() throws IOException {
    return server("TLSv1.3").establish(Integer.MAX_VALUE);
  }

  /** With so much memory, of which the handshake needs the most. */
  static TlsBed establishedWithin(long poolBytes) throws IOException {
    return new TlsBed(true, "TLSv1.3", poolBytes).establish(Integer.MAX_VALUE);
  }

  /** Makes the handshake, at most so many bytes a read. */
  TlsBed establish(int most) throws IOException {
    handler.onOpen(link);
    link.runTasks();
    byte[] said = peer.speak();
    for (int turn = 0; turn < 10; turn++) {
      readInPieces(said, most);
      said = peer.hear(link.takeWritten());
    }
    assertThat(session.link).as("the handshake is complete").isNotNull();
    assertThat(session.closed).isFalse();
    return this;
  }

  private void readInPieces(byte[] bytes, int most) {
    for (int at = 0; at < bytes.length; at += most) {
      read(bytes, at, Math.min(bytes.length, at + (long) most));
    }
  }

  /** The link's loop reads these bytes at once. */
  void read(byte[] bytes) {
    read(bytes, 0, bytes.length);
  }

  void read(byte[] bytes, int from, long to) {
    handler.onBytes(reading.clear().put(bytes, from, (int) to - from).flip());
    link.runTasks();
  }

  /** The session writes; returns how many bytes were taken. */
  long write(byte[] message) throws IOException {
    return session.link.write(new ByteBuffer[] {ByteBuffer.wrap(message)}, 0, 1);
  }

  /** What the peer understands of what was written, since this was last asked. */
  byte[] atPeer() throws IOException {
    peer.hear(link.takeWritten());
    return peer.takePlain();
  }

  void assertClean() {
    assertThat(pool.outBytes()).isZero();
    assertThat(host.timers).isEmpty();
  }

  static byte[] message(long seed, int bytes) {
    byte[] message = new byte[bytes];
    new Random(seed).nextBytes(message);
    return message;
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
