package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JavaScript prints, written down: holds also where there is no Node.js to ask. */
class JavaScriptJsonTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "-1.5, -1.5",
    "100, 100",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1e20, 100000000000000000000",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.25e-9, 1.25e-9",
    "4.9e-324, 5e-324",
    "9.9e-324, 1e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740992",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "2e-3, 0.002",
    "NaN, null",
    "Infinity, null"
  })
  void printsNumbers(double number, String text) {
    assertThat(EcmaNumber.print(number)).isEqualTo(text);
  }

  @Test
  void sortsArrayIndicesFirstAndTheRestByCodeUnits() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String name :
        new String[] {"b", "10", "\uFF5E", "9", "a", "\uD83D\uDE00", "4294967295", "4294967294"}) {
      node.put(name, 1);
    }
    node.put("01", 1).put("", 1).putObject("A").put("z", 1).put("y", 1);

    assertThat(JavaScriptJson.canonical(node))
        .isEqualTo(
            "{\"9\":1,\"10\":1,\"4294967294\":1,\"\":1,\"01\":1,\"4294967295\":1,"
                + "\"A\":{\"y\":1,\"z\":1},\"a\":1,\"b\":1,\"\uD83D\uDE00\":1,\"\uFF5E\":1}");
    assertThat(JavaScriptJson.text(node)).startsWith("{\"b\":1,\"10\":1,");
  }

  @Test
  void escapesWhatJavaScriptEscapesAndNothingElse() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("s", "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028\u00e9\uD83D\uDE00\uD800x\uDC00");
    node.putArray("a").add(true).addNull().addArray();
    node.putObject("o");

    assertThat(JavaScriptJson.text(node))
        .isEqualTo(
            "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\u00e9\uD83D\uDE00"
                + "\\ud800x\\udc00\",\"a\":[true,null,[]],\"o\":{}}");
  }
}
