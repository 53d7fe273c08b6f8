package dev.latchkey.core.provider;

/** What is known of a condition while an answer's body is still coming. */
enum Match {
  /** It does not hold, however the body goes on. */
  NO,
  /** More of the body may decide. */
  MAYBE,
  /** It holds, however the body goes on. */
  YES;

  /** Both: the lesser of the two. */
  Match and(Match other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Either: the greater of the two. */
  Match or(Match other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
