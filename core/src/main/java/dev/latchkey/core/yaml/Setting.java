package dev.latchkey.core.yaml;

import dev.latchkey.core.key.Secret;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting as data: name, meaning, range, default and how to read it. The manual is made from the
 * same values that the parser uses. Immutable.
 *
 * @param <T> what it is read as
 */
public final class Setting<T> {
  /** Reads a setting's text. */
  public interface Parser<T> {
    /**
     * The value; null if the text is not allowed.
     *
     * @param text trimmed and not empty
     */
    @Nullable T parse(String text);
  }

  private final String name;
  private final String range;
  private final @Nullable String standard;
  private final String meaning;
  private final boolean secret;
  private final boolean list;
  private final Parser<T> parser;

  private Setting(
      String name,
      String range,
      @Nullable String standard,
      String meaning,
      boolean secret,
      boolean list,
      Parser<T> parser) {
    this.name = name;
    this.range = range;
    this.standard = standard;
    this.meaning = meaning;
    this.secret = secret;
    this.list = list;
    this.parser = parser;
  }

  /**
   * A setting with a reader of its own.
   *
   * @param range what is allowed, for messages and the manual
   * @param standard the default as people would write it; null for none
   */
  public static <T> Setting<T> of(
      String name, String range, @Nullable String standard, String meaning, Parser<T> parser) {
    return new Setting<>(name, range, standard, meaning, false, false, parser);
  }

  /** Any text. */
  public static Setting<String> text(
      String name, String range, @Nullable String standard, String meaning) {
    return of(name, range, standard, meaning, text -> text);
  }

  /** A secret; its value is in no message. */
  public static Setting<Secret> secret(String name, String meaning) {
    return new Setting<>(name, "text, kept secret", null, meaning, true, false, Secret::of);
  }

  /** The same, but its value is in no message. */
  public Setting<T> hidden() {
    return new Setting<>(name, range, standard, meaning, true, list, parser);
  }

  /** {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String name, boolean standard, String meaning) {
    return of(name, "true, false", String.valueOf(standard), meaning, Setting::flag);
  }

  /** A whole number. */
  public static Setting<Integer> number(
      String name, int least, int most, @Nullable Integer standard, String meaning) {
    return of(
        name,
        least + " to " + most,
        standard == null ? null : standard.toString(),
        meaning,
        text -> integer(text, least, most));
  }

  /** An amount, 0 or more. */
  public static Setting<BigDecimal> amount(String name, String meaning) {
    return of(name, "a number, 0 or more", null, meaning, Setting::amount);
  }

  /** A span. */
  public static Setting<Duration> span(
      String name, Duration least, Duration most, @Nullable Duration standard, String meaning) {
    return of(
        name,
        Durations.format(least) + " to " + Durations.format(most) + ", such as 90s, 10m, 1h30m, 7d",
        standard == null ? null : Durations.format(standard),
        meaning,
        text -> {
          Duration span = Durations.parse(text);
          boolean fits = span != null && span.compareTo(least) >= 0 && span.compareTo(most) <= 0;
          return fits ? span : null;
        });
  }

  /** One of several words. */
  public static Setting<String> word(
      String name, List<String> words, @Nullable String standard, String meaning) {
    return of(
        name,
        String.join(", ", words),
        standard,
        meaning,
        text -> words.contains(text) ? text : null);
  }

  /** A time zone. */
  public static Setting<ZoneId> zone(String name, String standard, String meaning) {
    return of(name, "a time zone such as UTC, Asia/Seoul", standard, meaning, Setting::zone);
  }

  /** A list, or text with commas; no empty items. */
  public static Setting<List<String>> list(
      String name, String range, @Nullable String standard, String meaning) {
    return new Setting<>(name, range, standard, meaning, false, true, Setting::items);
  }

  /** The same, its value read further; null refuses. */
  public <R> Setting<R> then(java.util.function.Function<T, @Nullable R> further) {
    Parser<R> next =
        text -> {
          T value = parser.parse(text);
          return value == null ? null : further.apply(value);
        };
    return new Setting<>(name, range, standard, meaning, secret, list, next);
  }

  /** The dotted name, such as {@code store.url}. */
  public String name() {
    return name;
  }

  /** What is allowed. */
  public String range() {
    return range;
  }

  /** The default as people would write it; null for none. */
  public @Nullable String standard() {
    return standard;
  }

  /** What it means, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Whether its value must not be shown. */
  public boolean isSecret() {
    return secret;
  }

  boolean isList() {
    return list;
  }

  /** The value of this text; null if it is not allowed. */
  public @Nullable T parse(String text) {
    return text.trim().isEmpty() ? null : parser.parse(text.trim());
  }

  /** The default's value; null for none. */
  public @Nullable T standardValue() {
    return standard == null ? null : parse(standard);
  }

  @Override
  public String toString() {
    return name;
  }

  private static @Nullable Boolean flag(String text) {
    if (text.equals("true")) return Boolean.TRUE;
    return text.equals("false") ? Boolean.FALSE : null;
  }

  private static @Nullable Integer integer(String text, int least, int most) {
    try {
      int value = Integer.parseInt(text);
      return value >= least && value <= most ? (Integer) value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal amount(String text) {
    try {
      BigDecimal value = text.length() > 20 ? null : new BigDecimal(text);
      return value != null && value.signum() >= 0 && Math.abs(value.scale()) < 20 ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable List<String> items(String text) {
    List<String> out = new ArrayList<>();
    for (String item : text.split(",")) if (!item.trim().isEmpty()) out.add(item.trim());
    return out.isEmpty() ? null : Collections.unmodifiableList(out);
  }
}
