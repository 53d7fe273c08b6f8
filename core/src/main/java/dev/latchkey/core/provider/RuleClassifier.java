package dev.latchkey.core.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The first rule that holds names the verdict. While the body is coming a rule holds, does not, or
 * may; the verdict is decided once the first rule that is not excluded surely holds. So what is
 * decided stays decided, and is what {@link #classify} says of every longer beginning.
 */
final class RuleClassifier implements Classifier {
  private static final int STATUSES = 600;

  private final List<Rule> rules;
  private final Collection<JsonPath> wanted;
  private final AtomicReferenceArray<Rule[]> byStatus = new AtomicReferenceArray<>(STATUSES);

  RuleClassifier(List<Rule> rules, Collection<JsonPath> wanted) {
    this.rules = rules;
    this.wanted = wanted;
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    try {
      Rule[] possible = possible(head.status());
      if (possible.length == 0) return false;
      Body none = Body.of(head, NO_BODY, 0, false, wanted);
      for (Rule rule : possible) {
        if (!rule.isExcluded(head, none)) return rule.readsBody() && Body.isReadable(head);
      }
      return false;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    try {
      if (length >= PEEK_LIMIT || !Body.isReadable(head)) return true;
      Body body = Body.of(head, prefix, length, false, wanted);
      for (Rule rule : possible(head.status())) {
        Match match = rule.test(head, body);
        if (match == Match.MAYBE) return false;
        // Any time will do: what is asked is whether the answer's words are all there.
        if (match == Match.YES) return rule.isTimeSettled(head, body, Instant.EPOCH);
      }
      return true;
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Override
  public Classification classify(AnswerHead head, byte[] prefix, Instant now) {
    try {
      Rule[] possible = possible(head.status());
      if (possible.length == 0) return otherwise(head.status());
      Body body = Body.of(head, prefix, prefix.length, true, wanted);
      for (Rule rule : possible) {
        if (rule.test(head, body) == Match.YES) return rule.classify(head, body, now);
      }
      return otherwise(head.status());
    } catch (RuntimeException e) {
      return Classification.of(Verdict.UNKNOWN, "not readable: " + e.getClass().getName(), null);
    }
  }

  /** The rules that decide on answers of that status; mostly none, and most answers are 200. */
  private Rule[] possible(int status) {
    if (status < 0 || status >= STATUSES) return admitting(status);
    Rule[] known = byStatus.get(status);
    if (known == null) byStatus.set(status, known = admitting(status));
    return known;
  }

  /**
   * None after the first that asks for nothing else, nor that one if it says what is said anyway.
   */
  private Rule[] admitting(int status) {
    List<Rule> admitting = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.admits(status)) continue;
      boolean last = rule.asksForStatusOnly();
      if (!last || !rule.isOk() || !isGood(status)) admitting.add(rule);
      if (last) break;
    }
    return admitting.toArray(new Rule[0]);
  }

  private static boolean isGood(int status) {
    return status >= 100 && status < 400;
  }

  private static Classification otherwise(int status) {
    if (isGood(status)) return Classification.ok();
    Verdict verdict = status >= 500 && status < 600 ? Verdict.TRANSIENT : Verdict.UNKNOWN;
    return Classification.of(verdict, status + " no rule for it", null);
  }
}
