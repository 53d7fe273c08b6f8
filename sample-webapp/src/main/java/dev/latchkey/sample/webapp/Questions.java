package dev.latchkey.sample.webapp;

/** What may be asked, and how an outcome is told. */
final class Questions {
  /** In characters. */
  static final int LONGEST = 4000;

  static final String RULE =
      "Please write a question of 1 to " + LONGEST + " characters and choose a client.";

  private Questions() {}

  static boolean isFine(String question) {
    return !question.isEmpty() && question.length() <= LONGEST;
  }

  static String outcome(Reply reply) {
    if (reply.ok()) return "Answered (" + reply.status() + ")";
    return reply.status() == 0
        ? "The provider could not be reached"
        : "The provider refused (" + reply.status() + ")";
  }
}
