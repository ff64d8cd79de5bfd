package qwormhole.api.telemetry;

/** What servers and clients have in common as management beans. Counters since the endpoint was made. */
public interface EndpointMXBean {

  /** What carries the bytes: {@code java}, {@code native-lws}, ... */
  String getMode();

  /** {@code java} or {@code native}. */
  String getTransport();

  /** The provider's id. */
  String getBackend();

  /** Why providers that came before could not be used; empty when none failed. */
  String getFallbackReason();

  /** The code of the last error, or null. */
  String getLastError();

  /** Messages handed to the application. */
  long getMessagesIn();

  /** Messages accepted by {@code send}. */
  long getMessagesOut();

  /** Bytes read from the transport. */
  long getBytesIn();

  /** Bytes taken by the kernel. */
  long getBytesOut();

  /** Bytes accepted and not yet with the kernel, now. */
  long getQueuedBytes();

  /** The limit of the queued bytes, over all connections that are open now. */
  long getMaxQueuedBytes();

  /** Sends refused because a queue was full. */
  long getRefusedSends();

  /** Messages not delivered because they were invalid SCP. */
  long getDroppedMessages();

  /** Write system calls. */
  long getWrites();
}
