package dev.latchkey.agent.build;

/** As in a parser: many kinds that are given as one, and none of them when it is not asked for. */
public class Statements {
  /** What all are. */
  public static class Statement {
    String text() {
      return getClass().getSimpleName();
    }
  }

  static final class Returned extends Statement {}

  static final class Kept extends Statement {}

  static final class Handed extends Statement {}

  private Statement kept = new Statement();

  /** The name of what that number stands for. */
  public String text(int number) {
    if (number == 0) return returned().text();
    if (number == 1) keep();
    return number == 1 ? kept.text() : handed();
  }

  private static Statement returned() {
    return new Returned();
  }

  private void keep() {
    kept = new Kept();
  }

  private static String handed() {
    return text("as argument ", new Handed());
  }

  private static String text(String before, Statement statement) {
    return before + statement.text();
  }
}
