package qwormhole.api.internal.handshake;

/**
 * What carries an endpoint's bytes now; another provider may tomorrow, after a failover.
 *
 * @param id the provider's: {@code java}, {@code lws}, ...
 * @param isNative whether native code does it
 */
public record Backend(String id, boolean isNative) {
  /** Of a handshake that no connection carries. */
  static final Backend NONE = new Backend("none", false);
}
