package dev.latchkey.core.yaml;

/** What may be shown of a text that others wrote, when it may hold a key. */
public final class Shown {
  private static final int LONGEST = 200;
  private static final int KEY_LIKE = 20;

  private Shown() {}

  /**
   * The text on one line, at most 200 characters; every run of 20 or more characters that a key
   * could be made of (letters, digits, {@code _ - . + / = %}) with a digit in it becomes {@code
   * ****}.
   */
  public static String of(String text) {
    String kept = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < kept.length() && out.length() < LONGEST) {
      int end = at;
      while (end < kept.length() && isKeyCharacter(kept.charAt(end))) end++;
      if (end > at) out.append(masked(kept.substring(at, end)));
      else out.append(Character.isISOControl(kept.charAt(end)) ? ' ' : kept.charAt(end++));
      at = Math.max(end, at + 1);
    }
    String shown = out.length() > LONGEST ? out.substring(0, LONGEST) : out.toString();
    return at < text.length() ? shown + "..." : shown;
  }

  private static String masked(String run) {
    return run.length() >= KEY_LIKE && run.chars().anyMatch(Character::isDigit) ? "****" : run;
  }

  private static boolean isKeyCharacter(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "_-.+/=%".indexOf(c) >= 0);
  }
}
