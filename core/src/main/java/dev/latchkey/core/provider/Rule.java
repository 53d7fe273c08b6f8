package dev.latchkey.core.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that name a verdict. Pure, immutable. */
final class Rule {
  private final List<Condition> conditions;
  private final Verdict verdict;
  private final String reason;
  private final List<RetryTime> retry;

  Rule(List<Condition> conditions, Verdict verdict, String reason, List<RetryTime> retry) {
    this.conditions = conditions;
    this.verdict = verdict;
    this.reason = reason;
    this.retry = retry;
  }

  /** Whether an answer of that status may fulfil it. */
  boolean admits(int status) {
    for (Condition condition : conditions) if (!condition.admits(status)) return false;
    return true;
  }

  /** Whether every answer of an admitted status fulfils it. */
  boolean asksForStatusOnly() {
    for (Condition condition : conditions) if (!condition.asksForStatusOnly()) return false;
    return true;
  }

  /** Whether it says that the key serves. */
  boolean isOk() {
    return verdict == Verdict.OK;
  }

  /** What is known with this much of the body. */
  Match test(AnswerHead head, Body body) {
    Match match = Match.YES;
    for (Condition condition : conditions) {
      match = match.and(condition.test(head, body));
      if (match == Match.NO) return match;
    }
    return match;
  }

  /** Whether the head alone says that it does not hold. */
  boolean isExcluded(AnswerHead head, Body none) {
    for (Condition condition : conditions) {
      if (!condition.readsBody() && condition.test(head, none) == Match.NO) return true;
    }
    return false;
  }

  /** Whether its verdict or retry time depends on the body. */
  boolean readsBody() {
    for (Condition condition : conditions) if (condition.readsBody()) return true;
    for (RetryTime time : retry) if (time.place() != null) return true;
    return false;
  }

  /** Whether more of the body cannot change the retry time. */
  boolean isTimeSettled(AnswerHead head, Body body, Instant now) {
    for (RetryTime time : retry) {
      JsonPath place = time.place();
      if (place != null && !body.isComplete() && !body.json().settled(place)) return false;
      if (time.find(head, body, now) != null) return true;
    }
    return true;
  }

  Classification classify(AnswerHead head, Body body, Instant now) {
    if (isOk()) return Classification.ok();
    return Classification.of(verdict, head.status() + " " + reason, time(head, body, now));
  }

  private @Nullable Instant time(AnswerHead head, Body body, Instant now) {
    for (RetryTime time : retry) {
      Instant at = time.find(head, body, now);
      if (at != null) return at;
    }
    return null;
  }
}
