package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qwormhole.api.internal.tls.TlsBed.join;
import static qwormhole.api.internal.tls.TlsBed.message;
import static qwormhole.api.internal.tls.TlsReadTest.codeOf;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.CloseReason.Initiator;
import qwormhole.api.error.ErrorCode;

/** The end, announced or not, and that nothing follows it. */
class TlsCloseTest {

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void thePeersCloseNotifyIsAnOrderlyEndAndAnswered(String protocol) throws IOException {
    TlsBed bed = TlsBed.server(protocol).establish(Integer.MAX_VALUE);
    byte[] last = bed.peer.encrypt(message(1, 30));
    bed.peer.engine.closeOutbound();
    byte[] farewell = bed.peer.speak();
    bed.read(join(last, farewell, last));
    assertThat(bed.session.takeReceived()).isEqualTo(message(1, 30));
    assertThat(bed.session.closed).isTrue();
    assertThat(bed.session.cause).isNull();
    assertThat(bed.link.asked).containsOnlyOnce("close");
    bed.atPeer();
    assertThat(bed.peer.engine.isInboundDone()).isTrue();
    bed.read(last);
    bed.handler.onClosed(null);
    bed.assertClean();
  }

  @Test
  void aCloseNotifyMayBeCutAtEveryByte() throws IOException {
    for (int cut = 0; ; cut++) {
      TlsBed bed = TlsBed.established();
      bed.peer.engine.closeOutbound();
      byte[] farewell = bed.peer.speak();
      if (cut == farewell.length) {
        return;
      }
      bed.read(farewell, 0, cut);
      assertThat(bed.session.closed).isFalse();
      bed.read(farewell, cut, farewell.length);
      assertThat(bed.session.closed).isTrue();
      assertThat(bed.session.cause).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anOwnCloseTellsThePeerAfterWhatWasWritten(String protocol) throws IOException {
    TlsBed bed = TlsBed.server(protocol).establish(Integer.MAX_VALUE);
    bed.write(message(1, 30));
    bed.session.link.close();
    bed.session.link.close();
    assertThat(bed.link.asked).containsOnlyOnce("close");
    assertThat(bed.atPeer()).isEqualTo(message(1, 30));
    assertThat(bed.peer.engine.isInboundDone()).isTrue();
    assertThatThrownBy(() -> bed.write(message(2, 30))).isInstanceOf(IOException.class);
    bed.handler.onClosed(null);
    assertThat(bed.session.closed).isTrue();
    assertThat(bed.session.cause).isNull();
    bed.assertClean();
  }

  @Test
  void afterAnOwnCloseNothingReachesTheSessionButTheEnd() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[] first = bed.peer.encrypt(message(1, 300_000));
    bed.session.onBytes = () -> bed.session.link.close();
    bed.read(first);
    int received = bed.session.takeReceived().length;
    assertThat(received).as("the first portion only").isBetween(1, 128 << 10);
    bed.read(bed.peer.encrypt(message(2, 30)));
    assertThat(bed.session.takeReceived()).isEmpty();
    bed.handler.onClosed(null);
    assertThat(bed.session.cause).isNull();
  }

  @Test
  void anOwnCloseWaitsForTheSocketAtEveryByteOfItsFarewell() throws IOException {
    for (int room = 0; ; room++) {
      TlsBed bed = TlsBed.established();
      bed.link.room = room;
      bed.session.link.close();
      if (bed.link.count("close") > 0) {
        assertThat(room).as("a whole alert was cut").isGreaterThan(5);
        return;
      }
      assertThat(bed.link.count("wantWritable")).isEqualTo(1);
      bed.link.room = Integer.MAX_VALUE;
      bed.handler.onWritable();
      assertThat(bed.link.count("close")).isEqualTo(1);
      assertThat(bed.session.writable).isZero();
      bed.atPeer();
      assertThat(bed.peer.engine.isInboundDone()).isTrue();
    }
  }

  @Test
  void anOwnCloseBehindAFullSocketComesAfterWhatWasTaken() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    bed.write(message(1, 30));
    bed.session.link.close();
    assertThat(bed.link.asked).doesNotContain("close");
    bed.link.room = Integer.MAX_VALUE;
    bed.handler.onWritable();
    assertThat(bed.link.asked).containsOnlyOnce("close");
    assertThat(bed.atPeer()).isEqualTo(message(1, 30));
    assertThat(bed.peer.engine.isInboundDone()).isTrue();
  }

  @Test
  void aPeerThatNeverTakesTheFarewellIsCutOffInTime() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.link.room = 0;
    bed.session.link.close();
    assertThat(bed.link.asked).doesNotContain("close", "abort");
    bed.host.runTimers();
    assertThat(bed.link.asked).contains("abort");
    bed.handler.onClosed(null);
    assertThat(bed.session.cause).as("this side has ended it").isNull();
    bed.assertClean();
  }

  @Test
  void anEndWithoutCloseNotifyIsToldAsCutOff() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[] whole = bed.peer.encrypt(message(1, 30));
    byte[] cut = bed.peer.encrypt(message(2, 30));
    bed.read(join(whole, cut), 0, whole.length + cut.length - 1L);
    bed.handler.onClosed(null);
    assertThat(bed.session.takeReceived()).isEqualTo(message(1, 30));
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_CONNECTION_LOST);
    TlsEnd end = (TlsEnd) bed.session.cause;
    assertThat(end.reason().initiator()).isEqualTo(Initiator.NETWORK);
    assertThat(end.getMessage()).contains("without close_notify");
    bed.assertClean();
  }

  @Test
  void aFailureOfTheLinkStaysWhatItIs() throws IOException {
    TlsBed bed = TlsBed.established();
    IOException reset = new IOException("reset");
    bed.handler.onClosed(reset);
    assertThat(bed.session.cause).isSameAs(reset);
    bed.assertClean();
  }

  @Test
  void anEndInTheHandshakeIsToldAsOneWhereverItComes() throws IOException {
    byte[] hello = TlsBed.server("TLSv1.3").peer.speak();
    for (int cut = 1; cut <= hello.length; cut += 7) {
      TlsBed bed = TlsBed.server("TLSv1.3");
      bed.handler.onOpen(bed.link);
      bed.read(hello, 0, cut);
      bed.handler.onClosed(null);
      assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_CONNECTION_LOST);
      assertThat(bed.session.link).isNull();
      bed.assertClean();
    }
  }

  @Test
  void aHandshakeHasADeadline() {
    TlsBed bed = TlsBed.server("TLSv1.3");
    bed.handler.onOpen(bed.link);
    bed.host.runTimers();
    bed.link.runTasks();
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_HANDSHAKE_TIMEOUT);
    assertThat(bed.link.asked).contains("close");
    bed.assertClean();
  }
}
