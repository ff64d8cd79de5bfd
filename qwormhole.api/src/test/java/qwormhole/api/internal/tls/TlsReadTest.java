package qwormhole.api.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.tls.TlsBed.join;
import static qwormhole.api.internal.tls.TlsBed.message;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

/** What the peer sends, however it is cut into reads. */
class TlsReadTest {

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aHandshakeCompletesByteByByteOnEitherSide(String protocol) throws IOException {
    for (TlsBed bed : new TlsBed[] {TlsBed.server(protocol), TlsBed.client(protocol)}) {
      bed.establish(1);
      assertThat(bed.handler.info().protocol()).isEqualTo(protocol);
      bed.write(message(1, 50));
      assertThat(bed.atPeer()).isEqualTo(message(1, 50));
      bed.read(bed.peer.encrypt(message(2, 50)));
      assertThat(bed.session.takeReceived()).isEqualTo(message(2, 50));
      assertThat(bed.link.count("pauseReads")).isEqualTo(bed.link.count("resumeReads"));
      assertThat(bed.pool.outBytes()).isZero();
    }
  }

  @Test
  void recordsMayBeCutAtEveryByte() throws IOException {
    TlsBed bed = TlsBed.established();
    int length = bed.peer.encrypt(message(0, 60)).length; // of which nothing is read
    bed = TlsBed.established();
    for (int cut = 0; cut <= 2 * length; cut++) {
      byte[] first = message(cut, 60);
      byte[] second = message(-cut, 60);
      byte[] records = join(bed.peer.encrypt(first), bed.peer.encrypt(second));
      bed.read(records, 0, cut);
      byte[] early = bed.session.takeReceived();
      int whole = cut / length;
      assertThat(early).hasSize(60 * whole);
      bed.read(records, cut, records.length);
      assertThat(join(early, bed.session.takeReceived())).isEqualTo(join(first, second));
      assertThat(bed.pool.outBytes()).isZero();
    }
  }

  @Test
  void severalRecordsInOneReadArriveInOrderAndTheCutOneLater() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[][] messages = new byte[100][];
    byte[][] records = new byte[100][];
    for (int i = 0; i < 100; i++) {
      messages[i] = message(i, 1 + i * 50);
      records[i] = bed.peer.encrypt(messages[i]);
    }
    byte[] all = join(records);
    bed.read(all, 0, all.length - 1);
    byte[] early = bed.session.takeReceived();
    assertThat(early).hasSize(join(messages).length - messages[99].length);
    bed.read(all, all.length - 1, all.length);
    assertThat(join(early, bed.session.takeReceived())).isEqualTo(join(messages));
  }

  @Test
  void fullRecordsInReadsOfAnySizeArriveWhole() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[] message = message(9, 1 << 20);
    byte[] records = bed.peer.encrypt(message);
    Random random = new Random(9);
    int at = 0;
    while (at < records.length) {
      int to = Math.min(records.length, at + 1 + random.nextInt(100_000));
      bed.read(records, at, to);
      at = to;
    }
    assertThat(bed.session.takeReceived()).isEqualTo(message);
    assertThat(bed.pool.outBytes()).isZero();
  }

  @Test
  void aChangedRecordEndsTheLinkAfterWhatCameBeforeIt() throws IOException {
    TlsBed bed = TlsBed.established();
    byte[] good = bed.peer.encrypt(message(1, 40));
    byte[] bad = bed.peer.encrypt(message(2, 40));
    bad[bad.length - 1] ^= 1;
    byte[] later = bed.peer.encrypt(message(3, 40));
    bed.read(join(good, bad, later));
    assertThat(bed.session.takeReceived()).isEqualTo(message(1, 40));
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    bed.read(later);
    assertThat(bed.link.asked).contains("close");
    bed.assertClean();
  }

  @Test
  void whatIsNotTlsIsRefusedAtItsFirstByte() {
    TlsBed bed = TlsBed.server("TLSv1.3");
    bed.handler.onOpen(bed.link);
    bed.read(new byte[] {0});
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    assertThat(bed.link.takeWritten()).as("nobody there would understand an alert").isEmpty();
    bed.assertClean();
  }

  @Test
  void aRecordThatNamesMoreBytesThanItMayHaveIsRefusedAtItsHeader() throws IOException {
    TlsBed bed = TlsBed.established();
    bed.read(new byte[] {23, 3, 3, (byte) 0xff, (byte) 0xff});
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    bed.assertClean();
  }

  @Test
  void whatArrivesWhileTheHandshakeIsComputedIsKeptUpToABound() throws IOException {
    TlsBed bed = TlsBed.server("TLSv1.3");
    bed.host.busy = true;
    bed.handler.onOpen(bed.link);
    bed.read(bed.peer.speak());
    assertThat(bed.link.asked).contains("pauseReads");
    byte[] more = new byte[512 << 10];
    more[0] = 23;
    bed.read(more);
    assertThat(bed.session.closed).isFalse();
    bed.read(more);
    bed.read(more);
    assertThat(codeOf(bed)).isEqualTo(ErrorCode.E_TLS);
    bed.host.work();
    bed.link.runTasks();
    bed.assertClean();
  }

  static ErrorCode codeOf(TlsBed bed) {
    assertThat(bed.session.closed).isTrue();
    assertThat(bed.session.cause).isInstanceOf(TlsEnd.class);
    return ((TlsEnd) bed.session.cause).reason().code();
  }
}
