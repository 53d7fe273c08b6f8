package dev.latchkey.core.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a rule asks of an answer. Pure, immutable. */
interface Condition {

  /** What is known with this much of the body. */
  Match test(AnswerHead head, Body body);

  /** Whether it looks at the body. */
  default boolean readsBody() {
    return false;
  }

  /** Whether an answer of that status may fulfil it. */
  default boolean admits(int status) {
    return true;
  }

  /** Whether {@link #admits} says all. */
  default boolean asksForStatusOnly() {
    return false;
  }

  /** The status is in one of the spans, each {first, last}. */
  static Condition status(List<int[]> spans) {
    return new Condition() {
      @Override
      public Match test(AnswerHead head, Body body) {
        return admits(head.status()) ? Match.YES : Match.NO;
      }

      @Override
      public boolean admits(int status) {
        for (int[] span : spans) if (status >= span[0] && status <= span[1]) return true;
        return false;
      }

      @Override
      public boolean asksForStatusOnly() {
        return true;
      }
    };
  }

  /** The header is there and matches one of the patterns. */
  static Condition header(String name, List<Glob> patterns) {
    return (head, body) -> {
      String value = head.header(name);
      return value != null && any(patterns, value) ? Match.YES : Match.NO;
    };
  }

  /** A value at that place matches one of the patterns. */
  static Condition json(JsonPath path, List<Glob> patterns) {
    return new OfBody() {
      @Override
      public Match test(AnswerHead head, Body body) {
        for (String value : body.json().values(path)) if (any(patterns, value)) return Match.YES;
        return body.isComplete() || body.json().settled(path) ? Match.NO : Match.MAYBE;
      }
    };
  }

  /** The first element of that name matches one of the patterns. */
  static Condition xml(String element, List<Glob> patterns) {
    return new OfBody() {
      @Override
      public Match test(AnswerHead head, Body body) {
        String text = XmlScan.text(body.raw(), element);
        if (text == null) return body.isComplete() ? Match.NO : Match.MAYBE;
        byte[] utf8 = text.getBytes(StandardCharsets.ISO_8859_1);
        return any(patterns, new String(utf8, StandardCharsets.UTF_8)) ? Match.YES : Match.NO;
      }
    };
  }

  /** One of the patterns occurs in the body. */
  static Condition body(List<Glob> patterns) {
    return new OfBody() {
      @Override
      public Match test(AnswerHead head, Body body) {
        Match match = Match.NO;
        for (Glob glob : patterns) {
          match = match.or(glob.begun(body.lowerText(), body.isComplete()));
        }
        return match;
      }
    };
  }

  /** Whether one of the patterns matches the whole text. */
  static boolean any(List<Glob> patterns, @Nullable String text) {
    for (Glob glob : patterns) if (text != null && glob.matches(text)) return true;
    return false;
  }

  /** Those that look at the body. */
  interface OfBody extends Condition {
    @Override
    default boolean readsBody() {
      return true;
    }
  }
}
