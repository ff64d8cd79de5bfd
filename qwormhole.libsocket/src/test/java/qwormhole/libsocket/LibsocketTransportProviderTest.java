package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Availability.Unavailable;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

class LibsocketTransportProviderTest {

  private final TransportProvider provider = new LibsocketTransportProvider();

  @Test
  void itSaysWhyItIsNotThereYet() {
    assertThat(provider.availability())
        .isInstanceOfSatisfying(
            Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("libsocket", "Java provider"));
  }

  @Test
  void openFailsWithTheSameReason() {
    TransportContext context = new TransportContext(1, 4096, Thread::new, cause -> {});
    assertThatThrownBy(() -> provider.open(context))
        .isInstanceOf(IOException.class)
        .hasMessage(((Unavailable) provider.availability()).reason());
  }

  @Test
  void itIsFoundUnderItsName() {
    assertThat(provider.id()).isEqualTo("libsocket");
    assertThat(provider.isNative()).isTrue();
  }
}
