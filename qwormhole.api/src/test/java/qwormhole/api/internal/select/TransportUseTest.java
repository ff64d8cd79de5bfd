package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;
import qwormhole.api.spi.Transport;

/** A provider is chosen only when its transport does what it was opened for. */
class TransportUseTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 2);
  private final FakeProvider libsocket = FakeProvider.ofNative("libsocket", 1);
  private final Fixture fixture = Fixture.withJavaAnd(lws, libsocket);

  static Throwable[] whatProvidersThrow() {
    return new Throwable[] {
      new IOException("boom"),
      new IllegalStateException("boom"),
      new NoClassDefFoundError("boom"),
      new QWormholeException(ErrorCode.E_PROVIDER_FAILED, "boom"),
    };
  }

  @ParameterizedTest
  @MethodSource("whatProvidersThrow")
  void aTransportThatDoesNotListenIsClosedAndTheNextOneUsed(Throwable thrown) {
    fixture.use = refusing(lws.transport, thrown);
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.mode()).isEqualTo("native-libsocket");
    assertThat(lws.transport.closes).isEqualTo(1);
    assertThat(libsocket.transport.closes).isZero();
    assertThat(selected.report().failures()).startsWith("lws: listen() failed: ").contains("boom");
    fixture.open(Ask.preferNative());
    assertThat(fixture.warnings()).hasSize(1);
    assertThat(fixture.warnings().get(0))
        .startsWith("[native-server] using native-libsocket: lws: listen() failed: ");
  }

  @Test
  void aTransportThatDiesWhileItBeginsIsNotUsed() {
    lws.opener =
        context -> {
          fixture.use =
              opened -> {
                if (opened == lws.transport) {
                  context.onFailure().accept(new IOException("boom"));
                }
                return opened;
              };
          return lws.transport;
        };
    fixture.use = opened -> opened;
    assertThat(fixture.open(Ask.preferNative()).mode()).isEqualTo("native-libsocket");
    assertThat(fixture.failures).isEmpty();
  }

  @Test
  void anAddressThatCannotBeUsedIsToldAtOnceAndNobodyElseTried() {
    QWormholeException told = new QWormholeException(ErrorCode.E_BIND_FAILED, "in use");
    fixture.use = refusing(lws.transport, new AddressException(told));
    assertThatThrownBy(() -> fixture.open(Ask.preferNative())).isSameAs(told);
    assertThat(lws.transport.closes).isEqualTo(1);
    assertThat(libsocket.asked).isEmpty();
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void whatThePurposePutsAroundATransportIsUsed() {
    FakeTransport around = new FakeTransport();
    fixture.use = opened -> around;
    assertThat(fixture.open(Ask.preferNative()).transport()).isSameAs(around);
  }

  private static TransportUse refusing(Transport unfit, Throwable thrown) {
    return opened -> {
      if (opened == unfit) {
        throw Raise.anything(thrown);
      }
      return opened;
    };
  }
}
