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
    assertThat(parse("all"))
        .containsExactly(
            new Pairing("java", "java"),
            new Pairing("java", "lws"),
            new Pairing("lws", "java"),
            new Pairing("lws", "lws"));
  }

  @Test
  void coreIsJavaAndNativeIsTheRest() {
    assertThat(parse("core")).containsExactly(Pairing.CORE);
    assertThat(parse("native"))
        .containsExactly(
            new Pairing("java", "lws"), new Pairing("lws", "java"), new Pairing("lws", "lws"));
  }

  @Test
  void namesPairsAndTheYardstickOnceEach() {
    assertThat(parse("java, lws:java,bare,java:java"))
        .containsExactly(new Pairing("java", "java"), new Pairing("lws", "java"), Pairing.BARE);
  }

  @Test
  void theYardstickGoesFirst() {
    assertThat(Pairing.withBaseline(parse("java,bare")))
        .containsExactly(Pairing.BARE, Pairing.CORE);
  }

  @Test
  void theOtherMachineMayHaveOtherTransports() {
    assertThat(Pairing.parse("all", List.of("java", "lws"), List.of("java")))
        .containsExactly(new Pairing("java", "java"), new Pairing("lws", "java"));
    assertThatThrownBy(() -> Pairing.parse("java:lws", IDS, List.of("java")))
        .hasMessageContaining("java, lws for the server and java for the client");
  }

  @Test
  void aModeWithoutAnyPairingIsRefused() {
    assertThatThrownBy(() -> Pairing.parse("native", List.of("java"), List.of("java")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is java only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jav", "java:", ":java", "java:java:java", "java,,lws", "bare:java"})
  void whatIsNotThereIsRefusedWithWhatIs(String mode) {
    assertThatThrownBy(() -> parse(mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown mode")
        .hasMessageContaining("java, lws");
  }

  private static List<Pairing> parse(String modes) {
    return Pairing.parse(modes, IDS, IDS);
  }
}
