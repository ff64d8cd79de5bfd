package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** What a provider says of itself. */
interface IdentityConformance extends Conformance {

  @Test
  default void idIsAShortStableName() {
    ProviderInfo info = bed().provider.getClass().getAnnotation(ProviderInfo.class);
    assertThat(info).isNotNull();
    assertThat(info.id()).matches("[a-z][a-z0-9-]{0,31}");
  }

  @Test
  default void spiVersionIsTheOneOfTheKit() {
    assertThat(bed().provider.spiVersion()).isEqualTo(TransportProvider.SPI_VERSION);
  }

  @Test
  default void availabilityIsAskedMoreThanOnce() {
    assertThat(bed().provider.availability()).isInstanceOf(Availability.Available.class);
    assertThat(bed().provider.availability()).isInstanceOf(Availability.Available.class);
  }

  @Test
  default void nothingIsStartedBeforeOpen() {
    assertThat(bed().threads.made()).isEmpty();
  }

  @Test
  default void loopThreadsComeFromTheContext() throws IOException {
    bed().open(2);
    assertThat(bed().threads.made()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  default void openFailsWhenThereAreNoThreads() {
    TransportContext context =
        new TransportContext(1, Bed.READ_BUFFER_BYTES, work -> null, bed().failures::add);
    assertThatThrownBy(() -> bed().provider.open(context)).isInstanceOf(IOException.class);
  }
}
