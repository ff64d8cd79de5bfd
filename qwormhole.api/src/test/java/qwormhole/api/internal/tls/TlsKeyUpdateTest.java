package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.tls.TlsBed.join;
import static qwormhole.api.internal.tls.TlsBed.message;
import static qwormhole.api.internal.tls.TlsReadTest.codeOf;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import qwormhole.api.error.ErrorCode;

/** Handshake messages after the handshake: new keys in TLS 1.3, another handshake in TLS 1.2. */
class TlsKeyUpdateTest {
  private static final int MORE_THAN_OWED = 40;

  private static byte[] keyUpdate(TlsBed bed) throws IOException {
    bed.peer.engine.beginHandshake();
    byte[] update = bed.peer.speak();
    assertThat(update).isNotEmpty();
    return update;
  }

  @Test
  void newKeysAreTakenAndAnsweredBetweenMessages() throws IOException {
    TlsBed bed = TlsBed.established();
    for (int i = 0; i < 5; i++) {
      byte[] before = bed.peer.encrypt(message(i, 20));
      byte[] update = keyUpdate(bed);
      byte[] after = bed.peer.encrypt(message(-i, 20));
      bed.read(join(before, update, after));
      assertThat(bed.session.takeReceived()).isEqualTo(join(message(i, 20), message(-i, 20)));
      bed.write(message(100 + i, 20));
      assertThat(bed.atPeer()).isEqualTo(message(100 + i, 20));
    }
    assertThat(bed.session.closed).isFalse();
    assertThat(bed.pool.outBytes()).isZero();
  }

  @Test
  void aKeyUpdateMayBeCutAtEveryByte() throws IOException {
    TlsBed bed = TlsBed.established();
    int length = keyUpdate(bed).length;
    bed = TlsBed.established();
    for (int cut = 0; cut <= length; cut++) {
      byte[] update = keyUpdate(bed);
      bed.read(update, 0, cut);
      bed.read(update, cut, update.length);
      bed.peer.hear(bed.link.takeWritten());
      bed.read(bed.peer.encrypt(message(cut, 20)));
      assertThat(bed.session.takeReceived()).isEqualTo(message(cut, 20));
    }
  }

  @Test
  void anAnswerThatTheSocketRefusesFollowsWhenItTakesBytesAgain() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    bed.write(message(1, 20));
    bed.read(join(keyUpdate(bed), bed.peer.encrypt(message(2, 20))));
    assertThat(bed.session.takeReceived()).isEqualTo(message(2, 20));
    bed.link.room = Integer.MAX_VALUE;
    bed.handler.onWritable();
    bed.write(message(3, 20));
    assertThat(bed.atPeer()).isEqualTo(join(message(1, 20), message(3, 20)));
  }

  @Test
  void aPeerThatAsksForNewKeysAndTakesNoneIsRefused() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    bed.write(message(1, 20));
    for (int i = 0; i < MORE_THAN_OWED && !bed.session.closed; i++) {
      bed.read(join(bed.peer.encrypt(message(i, 20)), keyUpdate(bed)));
      bed.peer.hear(bed.link.takeWritten());
    }
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    bed.assertClean();
  }

  @Test
  void anotherHandshakeOnTheSameConnectionIsRefused() throws IOException {
    TlsBed bed = TlsBed.server("TLSv1.2").establish(Integer.MAX_VALUE);
    byte[] before = bed.peer.encrypt(message(1, 20));
    bed.peer.engine.beginHandshake();
    byte[] hello = bed.peer.speak();
    bed.read(join(before, hello));
    assertThat(bed.session.takeReceived()).isEqualTo(message(1, 20));
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    bed.assertClean();
  }
}
