package dev.latchkey.sample.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands before the keys API and makes the trouble that was ordered. Thread-safe. */
final class Gate implements Api {
  private static final long LONGEST_HANG_SECONDS = 120;

  private final Api keysApi;
  private volatile ProvisioningTrouble trouble = ProvisioningTrouble.NONE;
  private volatile CountDownLatch release = new CountDownLatch(1);

  Gate(Api keysApi) {
    this.keysApi = keysApi;
  }

  void trouble(ProvisioningTrouble trouble) {
    this.trouble = trouble;
    CountDownLatch hanging = release;
    release = new CountDownLatch(1);
    hanging.countDown();
  }

  @Override
  public @Nullable Answer answer(Call call) {
    if (!call.path().startsWith("/keys")) return null;
    switch (trouble) {
      case SERVER_ERROR:
        return Refusals.serverError();
      case REFUSED:
        return Refusals.unknownKey();
      case NO_KEY_IN_ANSWER:
        return withoutKey(call);
      case HANGS:
        hang();
        return Refusals.serverError();
      default:
        return keysApi.answer(call);
    }
  }

  private @Nullable Answer withoutKey(Call call) {
    Answer answer = keysApi.answer(call);
    boolean made = answer != null && answer.status() == 201;
    return made ? Answer.json(201, Json.object("data", Json.object())) : answer;
  }

  private void hang() {
    try {
      release.await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
