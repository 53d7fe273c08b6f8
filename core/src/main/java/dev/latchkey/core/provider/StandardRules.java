package dev.latchkey.core.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What HTTP itself says of an answer (RFC 9110, RFC 6585), asked after a provider's own rules. Not
 * a file, as those are: no provider is named here, and each start would read it.
 */
final class StandardRules {
  private static final RetryTime TOLD = RetryTime.header("Retry-After", RetryTime.Form.SECONDS);

  /** For what is no good answer; a good one needs no rule to be taken for one. */
  static final List<Rule> ALL =
      Collections.unmodifiableList(
          Arrays.asList(
              rule(Verdict.KEY_INVALID, "the provider refuses the key", 401),
              rule(Verdict.OUT_OF_CREDIT, "payment required", 402),
              rule(Verdict.FORBIDDEN, "the key may not do this", 403),
              new Rule(
                  statuses(429),
                  Verdict.RATE_LIMITED,
                  "too many requests",
                  Arrays.asList(TOLD, RetryTime.after(Duration.ofSeconds(60)))),
              rule(Verdict.TRANSIENT, "request timed out", 408),
              rule(
                  Verdict.BAD_REQUEST,
                  "the request is at fault",
                  400,
                  404,
                  405,
                  406,
                  409,
                  410,
                  411,
                  412,
                  413,
                  414,
                  415,
                  422),
              new Rule(
                  Collections.singletonList(
                      Condition.status(Collections.singletonList(new int[] {500, 599}))),
                  Verdict.TRANSIENT,
                  "the provider is in trouble",
                  Collections.singletonList(TOLD))));

  private StandardRules() {}

  private static Rule rule(Verdict verdict, String reason, int... statuses) {
    return new Rule(statuses(statuses), verdict, reason, Collections.emptyList());
  }

  private static List<Condition> statuses(int... statuses) {
    List<int[]> spans = new ArrayList<>();
    for (int status : statuses) spans.add(new int[] {status, status});
    return Collections.singletonList(Condition.status(spans));
  }
}
