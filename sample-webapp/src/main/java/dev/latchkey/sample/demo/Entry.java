package dev.latchkey.sample.demo;

/** One entry of the page's history. Immutable. */
final class Entry {
  private final String question;
  private final String text;
  private final boolean answered;
  private final String outcome;

  Entry(String question, String text, boolean answered, String outcome) {
    this.question = question;
    this.text = text;
    this.answered = answered;
    this.outcome = outcome;
  }

  String question() {
    return question;
  }

  /** The answer, or the provider's error text. */
  String text() {
    return text;
  }

  boolean answered() {
    return answered;
  }

  /** What the page says of it, such as {@code Answered (200)}. */
  String outcome() {
    return outcome;
  }

  @Override
  public String toString() {
    return outcome + ": " + text;
  }
}
