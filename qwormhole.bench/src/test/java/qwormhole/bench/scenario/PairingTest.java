package qwormhole.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairingTest {
  private static final List<String> IDS = List.of("java", "lws");

  @Test
  void allIsEveryServerWithEveryClient() {
    assertThat(Pairing.parse("all", IDS))
        .containsExactly(
            new Pairing("java", "java"),
            new Pairing("java", "lws"),
            new Pairing("lws", "java"),
            new Pairing("lws", "lws"));
  }

  @Test
  void namesPairsAndTheYardstickOnceEach() {
    assertThat(Pairing.parse("java, lws:java,bare,java:java", IDS))
        .containsExactly(new Pairing("java", "java"), new Pairing("lws", "java"), Pairing.BARE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jav", "java:", ":java", "java:java:java", "java,,lws", "bare:java"})
  void whatIsNotThereIsRefusedWithWhatIs(String mode) {
    assertThatThrownBy(() -> Pairing.parse(mode, IDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown mode")
        .hasMessageContaining("java, lws");
  }
}
