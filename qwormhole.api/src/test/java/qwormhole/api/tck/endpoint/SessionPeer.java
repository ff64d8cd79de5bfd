package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import qwormhole.api.QWormholeServer;

/** What a client knows of its session, written down a second time, and its first words with it. */
record SessionPeer(String id, String token, long epoch) {
  static final int ACK = 1;
  static final int RESUMED = 5;

  /** A client's first words that ask for a session. */
  static final String ASK = handshake("");

  private static String handshake(String session) {
    return "{\"type\":\"handshake\",\"version\":\"1.0.0\",\"caps\":{\"ack\":true,\"session\":{\"resume\":1},"
        + "\"scp\":{\"version\":\"1.0\",\"nonce\":\""
        + Wire.NONCE
        + "\"}}"
        + session
        + "}";
  }

  /** What a server's answer grants. */
  static SessionPeer of(Frame answer) {
    JsonNode session = answer.json().path("session");
    assertThat(session.path("id").isTextual()).as("a session in %s", answer.text()).isTrue();
    return new SessionPeer(
        session.path("id").textValue(),
        session.path("token").textValue(),
        session.path("epoch").longValue());
  }

  /** A client's first words that ask for this session's next epoch, for the first time. */
  String ask(long received, long oldest) {
    return ask(1, received, oldest);
  }

  /** The same, in one of several attempts. */
  String ask(long attempt, long received, long oldest) {
    return handshake(",\"session\":" + member(attempt, received, oldest));
  }

  /** The member {@code session}, its own members in order. */
  String member(long attempt, long received, long oldest) {
    long next = epoch + 1;
    return "{\"attempt\":"
        + attempt
        + ",\"epoch\":"
        + next
        + ",\"id\":\""
        + id
        + "\",\"oldest\":"
        + oldest
        + ",\"proof\":\""
        + proof(next, attempt, received)
        + "\",\"received\":"
        + received
        + "}";
  }

  private String proof(long next, long attempt, long received) {
    String text = "qw1|" + id + "|" + next + "|" + attempt + "|" + received + "|" + Wire.NONCE;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(token), "HmacSHA256"));
      byte[] proof = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(proof);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new session over a new connection; the peer stays open. */
  static SessionPeer begin(WirePeer peer) throws IOException {
    peer.send(ASK);
    return of(peer.read());
  }

  /** Goes on over a new connection; what the server granted. */
  SessionPeer resume(WirePeer peer, long received, long serverReceived) throws IOException {
    return resume(peer, 1, received, serverReceived);
  }

  /** The same, in one of several attempts. */
  SessionPeer resume(WirePeer peer, long attempt, long received, long serverReceived)
      throws IOException {
    peer.send(ask(attempt, received, 0));
    SessionPeer granted = of(peer.read());
    assertThat(granted.id()).isEqualTo(id);
    assertThat(granted.token()).isNotEqualTo(token);
    Frame resumed = peer.read();
    assertThat(resumed.kind()).isEqualTo(RESUMED);
    assertThat(resumed.token()).isEqualTo(serverReceived);
    return granted;
  }

  /** The server must refuse these first words with this code. */
  static void assertRefused(Stage stage, QWormholeServer<?> server, String words, String code)
      throws IOException {
    try (WirePeer peer = stage.dial(server)) {
      peer.send(words);
      JsonNode refusal = peer.read().json();
      assertThat(refusal.path("type").asText()).isEqualTo("handshake-reject");
      assertThat(refusal.path("code").asText()).isEqualTo(code);
    }
  }

  /** Acknowledgements may come before it. */
  static void assertNextMessage(WirePeer peer, String message) throws IOException {
    Frame frame = peer.read();
    while (frame.isControl()) {
      assertThat(frame.kind()).isIn(ACK, RESUMED);
      frame = peer.read();
    }
    assertThat(frame.text()).isEqualTo(message);
  }

  /** Reads until a message comes, or the connection ends; whether it came. */
  static boolean readsTo(WirePeer peer, String message) {
    try {
      boolean found = false;
      while (!found) {
        found = peer.read().text().equals(message);
      }
      return true;
    } catch (IOException ended) {
      return false;
    }
  }

  static byte[] ack(long count) {
    return Wire.control(ACK, ByteBuffer.allocate(8).putLong(count).array());
  }
}
