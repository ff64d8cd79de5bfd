package qwormhole.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;

/** Members of JSON that another process, perhaps on another machine, has sent: each is checked. */
public final class Fields {
  private static final int MAX_TEXT = 600;

  private Fields() {}

  /** An integer in this range. */
  public static long integer(JsonNode json, String name, long min, long max) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < min
        || value.asLong() > max) {
      throw new IOException("%s must be an integer of %d to %d".formatted(name, min, max));
    }
    return value.asLong();
  }

  /** An integer of 0 or more. */
  public static long count(JsonNode json, String name) throws IOException {
    return integer(json, name, 0, Long.MAX_VALUE);
  }

  /** Text, cut and without control characters, so that it can be shown. */
  public static String text(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new IOException(name + " must be text");
    }
    return printable(value.textValue());
  }

  /** One of an enum's names, in lower case. */
  public static <E extends Enum<E>> E choice(JsonNode json, String name, Class<E> type)
      throws IOException {
    String text = text(json, name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new IOException(name + " is unknown: " + text);
  }

  /** The text as it may be shown: one line, cut, with nothing that a terminal would act upon. */
  public static String printable(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
  }
}
