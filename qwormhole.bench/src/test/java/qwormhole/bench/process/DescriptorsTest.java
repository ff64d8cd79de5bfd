package qwormhole.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsTest {

  @Test
  void moreConnectionsThanDescriptorsAreRefusedBeforehand() {
    assertThat(Descriptors.obstacle(1_000, 1_024))
        .contains("1000 clients")
        .contains("1024")
        .contains("ulimit -n");
    assertThat(Descriptors.obstacle(800, 1_024)).isNull();
    assertThat(Descriptors.obstacle(800, -1)).as("no limit").isNull();
  }
}
