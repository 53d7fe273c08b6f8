package dev.latchkey.sample.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over one JSON text. */
final class JsonReader {
  /** Deeper nesting than any chat request has; keeps a hostile text off the stack's end. */
  private static final int DEEPEST = 100;

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  @Nullable Object document() {
    Object value = value();
    skipSpace();
    if (at < text.length()) throw fault("end of text expected");
    return value;
  }

  private @Nullable Object value() {
    skipSpace();
    switch (peek()) {
      case '{':
        return nested(this::object);
      case '[':
        return nested(this::array);
      case '"':
        return string();
      case 't':
        return word("true", Boolean.TRUE);
      case 'f':
        return word("false", Boolean.FALSE);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private interface Part {
    Object read();
  }

  private Object nested(Part part) {
    if (++depth > DEEPEST) throw fault("at most " + DEEPEST + " levels allowed");
    at++;
    Object value = part.read();
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (endsWith('}')) return object;
    do {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      object.put(name, value());
    } while (goesOn('}'));
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    if (endsWith(']')) return array;
    do {
      array.add(value());
    } while (goesOn(']'));
    return array;
  }

  private boolean endsWith(char end) {
    skipSpace();
    if (peek() != end) return false;
    at++;
    return true;
  }

  private boolean goesOn(char end) {
    if (endsWith(end)) return false;
    expect(',');
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') throw fault("control character in a string");
      out.append(c == '\\' ? escape() : c);
    }
    return out.toString();
  }

  private char escape() {
    char c = next();
    if (c == 'u') return unicode();
    int known = ESCAPES.indexOf(c);
    if (known < 0) throw fault("unknown escape");
    return ESCAPED.charAt(known);
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) throw fault("hexadecimal digit expected");
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) throw fault("unknown word");
    at += word.length();
    return value;
  }

  private Number number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
    String digits = text.substring(start, at);
    try {
      if (digits.matches("-?\\d{1,18}")) return Long.valueOf(digits);
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw fault("value expected");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private char peek() {
    if (at >= text.length()) throw fault("text ends too early");
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (next() != c) throw fault("'" + c + "' expected");
  }

  private IllegalArgumentException fault(String rule) {
    return new IllegalArgumentException("not JSON: " + rule + ": position " + at);
  }
}
