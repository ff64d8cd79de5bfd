package qwormhole.api;

import java.net.InetSocketAddress;
import java.util.Optional;
import qwormhole.api.handshake.Negotiated;
import qwormhole.api.handshake.Trust;
import qwormhole.api.telemetry.ConnectionStatistics;

/**
 * One peer, from the accepted handshake to the close. All methods may be called from any thread.
 *
 * @param <M> the message type of the endpoint's codec
 */
public interface Connection<M> extends Sender<M> {

  /** A number that is unique among the connections of its endpoint. */
  long id();

  /** What the peer said of itself in its handshake. */
  PeerInfo peer();

  /**
   * What both sides can and do. Of a client's connection that may send before the server has answered,
   * nothing until then.
   */
  Negotiated negotiated();

  /** How far the peer is trusted, by its negentropic index. */
  Trust trust();

  /**
   * How many of the messages sent the peer's handler has returned from, as far as it said so; 0 unless
   * {@link Negotiated#ack()}.
   */
  long acknowledged();

  /**
   * How many of the messages accepted for sending the peer has not confirmed with {@link
   * #acknowledged()}: all of them, unless acknowledgements were negotiated. When the connection has
   * ended it is unknown what became of these.
   */
  long unconfirmed();

  /** The peer's address. */
  InetSocketAddress remoteAddress();

  /** This side's address. */
  InetSocketAddress localAddress();

  /** What TLS agreed on; empty without TLS. */
  Optional<TlsInfo> tls();

  /** What carries the bytes: {@code java}, {@code native-lws}, {@code native-libsocket}, ... */
  String mode();

  /**
   * Whether a resumable session is without a link now: what is sent waits for the next one. Without
   * {@link Negotiated#session()} never.
   */
  boolean isSuspended();

  /** Whether messages can be sent. */
  boolean isOpen();

  /** Counters and queue depth as of now. */
  ConnectionStatistics statistics();

  /** Stops delivering messages and reading from the socket; what arrives waits in the kernel. */
  void pauseReads();

  /** Delivers and reads again. */
  void resumeReads();

  /** Something of the application's own, or null. */
  Object attachment();

  /** Keeps something of the application's own with the connection. */
  void attach(Object attachment);

  /** Ends the connection after what was accepted has been written, for at most two seconds. */
  void close();

  /** As {@link #close()}, telling the peer why where that was negotiated. */
  void close(String reason);
}
