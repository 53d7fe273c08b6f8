package dev.latchkey.sample.simulator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java values: {@link Map}, {@link List}, {@link String}, {@link Long}, {@link
 * Double}, {@link Boolean} and null.
 *
 * <p>The simulator must run from a bare class path, so it brings its own. Stateless.
 */
public final class Json {
  private Json() {}

  /**
   * Reads one JSON text.
   *
   * @throws IllegalArgumentException if {@code text} is not JSON; the message gives the position
   */
  public static @Nullable Object read(String text) {
    return new JsonReader(text).document();
  }

  /**
   * Reads one JSON object.
   *
   * @throws IllegalArgumentException if {@code text} is not a JSON object
   */
  @SuppressWarnings("unchecked") // the reader puts nothing but strings into the keys
  public static Map<String, @Nullable Object> readObject(String text) {
    Object value = read(text);
    if (!(value instanceof Map)) throw new IllegalArgumentException("not a JSON object");
    return (Map<String, @Nullable Object>) value;
  }

  /** An object with these names and values in this order. */
  public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  /** Writes a value on one line. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map) {
      writeObject((Map<?, ?>) value, out);
    } else if (value instanceof List) {
      writeArray((List<?>) value, out);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      writeString(value.toString(), out);
    }
  }

  private static void writeObject(Map<?, ?> object, StringBuilder out) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = object.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      writeString(String.valueOf(entry.getKey()), out);
      out.append(':');
      write(entry.getValue(), out);
      if (entries.hasNext()) out.append(',');
    }
    out.append('}');
  }

  private static void writeArray(List<?> array, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) out.append(',');
      write(array.get(i), out);
    }
    out.append(']');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x2028 || c == 0x2029) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
