package qwormhole.api.error;

/**
 * Stable names of what can go wrong, carried by exceptions, rejects and telemetry. {@link #advice()}
 * says what a person can do; {@link #isRetryable()} says whether the same attempt may succeed later.
 */
public enum ErrorCode {
  E_CONNECT_TIMEOUT(true, "Is the address right and the server up? Raise connectTimeout if slow."),
  E_CONNECT_FAILED(true, "Is the server listening on this address, and is the way to it open?"),
  E_BIND_FAILED(true, "Choose another port or host, or end what holds this one."),
  E_INTERFACE_NOT_FOUND(false, "List the interfaces of this machine and name one that is up."),
  E_NOT_CONNECTED(true, "Wait for onReady, or let reconnect bring the connection back."),
  E_BACKPRESSURE(true, "The peer reads too slowly: wait for onDrain, or send with a timeout."),
  E_MAX_CLIENTS(true, "The server is full: raise maxClients or try later."),
  E_FRAME_TOO_LARGE(false, "Split the message, or raise maxFrameBytes on both sides."),
  E_PROTOCOL_ERROR(true, "The peer broke the wire protocol: is it a QWormhole of this framing?"),
  E_INVALID_HANDSHAKE_PAYLOAD(false, "Mend the handshake member that the message names."),
  E_INVALID_HANDSHAKE_SIGNATURE(false, "Check the signing key and the allow-list."),
  E_PROTOCOL_VERSION(false, "Set the same protocolVersion on both sides."),
  E_HANDSHAKE_TIMEOUT(true, "The peer did not complete its handshake: is it the right port?"),
  E_HANDSHAKE_REJECTED(false, "The server's policy refused this peer; see the reason."),
  E_HANDSHAKE_REPLAYED(true, "A handshake was seen before: check the peer's clock and nonce."),
  E_UNAUTHORIZED(false, "The server's authorisation refused this peer."),
  E_VERIFIER_FAILED(true, "The server could not decide on this peer: its onError has the cause."),
  E_TLS(false, "Check certificates, host name and protocol versions."),
  E_CHECKSUM(true, "Bytes were corrupted on the way; the connection was closed."),
  E_SESSION_LOST(true, "Start a new session; see the messages reported as unknown."),
  E_SESSION_UNKNOWN(true, "The server does not know this session: start a new one."),
  E_RESUME_SUPERSEDED(true, "A newer attempt has the session; an older one has nothing to do."),
  E_PEER_UNRESPONSIVE(true, "The peer answered no pings: network or process trouble."),
  E_IDLE_TIMEOUT(true, "Nothing arrived for idleTimeout: raise it, or enable heartbeats."),
  E_CONNECTION_LOST(true, "The connection broke; a client with reconnect comes back."),
  E_NATIVE_UNAVAILABLE(false, "See the report for each provider's reason and its fix."),
  E_PROVIDER_MISSING(false, "Add the named module to the module path."),
  E_PROVIDER_FAILED(true, "The transport died; see the cause."),
  E_RESOURCE_EXHAUSTED(true, "The process-wide buffer budget is used up: slow down or raise it."),
  E_CODEC(false, "The message does not fit the codec; see the cause."),
  E_HANDLER_FAILED(false, "The application's own handler threw; see the cause."),
  E_INVALID_SCP(false, "Mend the SCP message as its schema says."),
  E_CLOSED(false, "The endpoint was closed by its owner.");

  private final boolean retryable;
  private final String advice;

  ErrorCode(boolean retryable, String advice) {
    this.retryable = retryable;
    this.advice = advice;
  }

  /** Whether a later attempt may succeed without anybody changing anything. */
  public boolean isRetryable() {
    return retryable;
  }

  /** What a person can do about it, one sentence. */
  public String advice() {
    return advice;
  }
}
