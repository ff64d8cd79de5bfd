package qwormhole.api.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import qwormhole.api.telemetry.ScpSignature;
import qwormhole.api.telemetry.Source;
import qwormhole.api.telemetry.TelemetryEvent;

class ScpEventsTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Source SOURCE = new Source("server", "java", "java", "java", "p", "j", "");
  private static final String CANARY = "c4n4ry-5ecret";

  private static ObjectNode message(String type) {
    return MAPPER.createObjectNode().put("type", type).put("sig", CANARY);
  }

  @Test
  void textOfThePeerIsEscapedAndCut() {
    ObjectNode message = message("intent").put("sid", "a\r\nb\u001b[2J").put("intent", "${jndi:x}");
    message.putObject("payload").put("text", "x".repeat(10_000));
    var event = (TelemetryEvent.Intent) ScpEvents.of(SOURCE, 3, message, ScpSignature.VERIFIED);
    assertThat(event.sid()).isEqualTo("a\\u000d\\u000ab\\u001b[2J");
    assertThat(event.intent()).isEqualTo("$\\{jndi:x}");
    assertThat(event.payload()).hasSizeLessThanOrEqualTo(512).contains("chars)");
    assertThat(event.ts()).isEmpty();
  }

  @Test
  void signaturesAreNotTold() {
    ObjectNode intent = message("intent").put("sid", "a").put("intent", "b");
    ObjectNode state = message("state").put("sid", "a");
    ObjectNode shard = message("shard").put("id", "a").put("root", "b");
    ObjectNode revelation = message("revelation").put("sid", "a").put("intent", "b");
    for (ObjectNode message : new ObjectNode[] {intent, state, revelation, shard}) {
      assertThat(ScpEvents.of(SOURCE, 3, message, ScpSignature.VERIFIED).toString())
          .doesNotContain(CANARY);
    }
  }

  @Test
  void listsAreBounded() {
    ObjectNode message = message("shard").put("id", "a").put("root", "b");
    var hints = message.putArray("routingHints");
    for (int i = 0; i < 1000; i++) {
      hints.add("hint " + i);
    }
    var event = (TelemetryEvent.Shard) ScpEvents.of(SOURCE, 3, message, ScpSignature.VERIFIED);
    assertThat(event.routingHints()).hasSize(32).startsWith("hint 0");
  }
}
