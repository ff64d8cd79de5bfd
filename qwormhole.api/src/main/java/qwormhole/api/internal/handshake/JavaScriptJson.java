package qwormhole.api.internal.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * JSON as JavaScript's {@code JSON.stringify} prints it, to the byte. Not {@code ObjectMapper}:
 * loading that takes 100 ms of the first handshake, for a tree of plain values.
 */
final class JavaScriptJson {
  private static final long LARGEST_INDEX = 4_294_967_294L;
  private static final int LONGEST_INDEX_DIGITS = 10;
  private static final int TYPICAL_CHARS = 512;
  private static final String HEX = "0123456789abcdef";

  /** The order of a JavaScript object whose members were added sorted: array indices come first. */
  static final Comparator<String> MEMBER_ORDER =
      Comparator.comparingLong(JavaScriptJson::index).thenComparing(Comparator.naturalOrder());

  private final StringBuilder out = new StringBuilder(TYPICAL_CHARS);
  private final boolean sorted;

  private JavaScriptJson(boolean sorted) {
    this.sorted = sorted;
  }

  /** The tree as it is, members in their order. */
  static String text(JsonNode tree) {
    return new JavaScriptJson(false).print(tree);
  }

  /** The tree with the members of each object sorted: what is signed (protocol section 3). */
  static String canonical(JsonNode tree) {
    return new JavaScriptJson(true).print(tree);
  }

  private String print(JsonNode tree) {
    write(tree);
    return out.toString();
  }

  private void write(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(node.properties());
      case ARRAY -> writeArray(node);
      case STRING -> writeString(node.textValue());
      case NUMBER -> out.append(EcmaNumber.print(node.doubleValue()));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      default -> throw new IllegalArgumentException("no JSON form: " + node.getNodeType());
    }
  }

  private void writeObject(Collection<Map.Entry<String, JsonNode>> members) {
    Collection<Map.Entry<String, JsonNode>> ordered = members;
    if (sorted) {
      List<Map.Entry<String, JsonNode>> copy = new ArrayList<>(members);
      copy.sort(Map.Entry.comparingByKey(MEMBER_ORDER));
      ordered = copy;
    }
    char separator = '{';
    for (Map.Entry<String, JsonNode> member : ordered) {
      out.append(separator);
      separator = ',';
      writeString(member.getKey());
      out.append(':');
      write(member.getValue());
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void writeArray(JsonNode array) {
    char separator = '[';
    for (JsonNode element : array) {
      out.append(separator);
      separator = ',';
      write(element);
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isUnpaired(text, i)) {
            escape(c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isUnpaired(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }

  /** The number that an array index stands for; any other name comes after all of them. */
  private static long index(String name) {
    int length = name.length();
    boolean canonical =
        length > 0 && length <= LONGEST_INDEX_DIGITS && (length == 1 || name.charAt(0) != '0');
    long value = 0;
    for (int i = 0; canonical && i < length; i++) {
      int digit = name.charAt(i) - '0';
      canonical = digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    return canonical && value <= LARGEST_INDEX ? value : Long.MAX_VALUE;
  }
}
