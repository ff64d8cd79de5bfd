package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.tck.ChildJvm;

/** Where JNA is missing the provider is found, and says why it cannot be used. */
class WithoutJnaTest {

  @Test
  void theProviderIsLinkedAndUnavailable() throws Exception {
    try (ChildJvm child =
        ChildJvm.of(Asked.class, LibsocketTransportProvider.class, TransportContext.class)) {
      assertThat(child.line()).isEqualTo("libsocket 100 true");
      assertThat(child.line()).contains("Unavailable").contains("JNA cannot be used");
      assertThat(child.line()).contains("IOException").contains("JNA cannot be used");
    }
  }

  /** Looks at every public method as ServiceLoader does, then asks. */
  static final class Asked {

    private Asked() {}

    public static void main(String[] arguments) {
      LibsocketTransportProvider provider = new LibsocketTransportProvider();
      boolean found = LibsocketTransportProvider.class.getMethods().length > 0;
      ProviderInfo info = LibsocketTransportProvider.class.getAnnotation(ProviderInfo.class);
      System.out.println(info.id() + " " + info.priority() + " " + (found && info.isNative()));
      System.out.println(provider.availability());
      try {
        provider.open(new TransportContext(1, 4096, Thread::new, Throwable::printStackTrace));
      } catch (Exception e) {
        System.out.println(e);
      }
    }
  }
}
