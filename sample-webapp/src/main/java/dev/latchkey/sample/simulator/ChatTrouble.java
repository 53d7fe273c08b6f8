package dev.latchkey.sample.simulator;

/** What can go wrong with a chat whose key is good. */
public enum ChatTrouble {
  /** 403 "Key limit exceeded (total limit)…". */
  KEY_LIMIT,
  /** 402 "Insufficient credits…". */
  NO_CREDITS,
  /** 429, the free models' daily allowance; reset within an hour, in epoch milliseconds. */
  FREE_DAILY_LIMIT,
  /** 429 "Provider returned error" with a {@code Retry-After} of 2 seconds. */
  UPSTREAM_BUSY,
  /** 500. */
  SERVER_ERROR;

  private static final long HOUR_MILLIS = 3_600_000;

  Answer answer(long nowMillis) {
    switch (this) {
      case KEY_LIMIT:
        return Refusals.keyLimit("total");
      case NO_CREDITS:
        return Refusals.credits();
      case FREE_DAILY_LIMIT:
        return Refusals.freeDaily(nowMillis + HOUR_MILLIS);
      case UPSTREAM_BUSY:
        return Refusals.upstreamBusy(2);
      default:
        return Refusals.serverError();
    }
  }
}
