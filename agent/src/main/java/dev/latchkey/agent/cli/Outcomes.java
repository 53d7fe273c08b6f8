package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks for each provider in turn and puts the outcomes into one answer. */
final class Outcomes {
  private static final int PATIENCE_SECONDS = 60;

  private Outcomes() {}

  /** The answer; fine if there was a provider to ask and every one's outcome is fine. */
  static Answer of(
      List<Provider> providers,
      Owner owner,
      Function<Provider, CompletableFuture<Outcome>> operation) {
    Table table = Table.of("PROVIDER", "OWNER", "KEY", "SOURCE", "STORED", "ERROR");
    List<Map<String, ?>> rows = new ArrayList<>();
    boolean fine = true;
    for (Provider provider : providers) {
      Outcome outcome = await(provider, owner, operation.apply(provider));
      fine &= outcome.isFine();
      table.row(outcome.cells());
      rows.add(outcome.json());
    }
    int code = fine ? Answer.FINE : Answer.NOT_FINE;
    return Answer.of(code, table.lines(), Collections.singletonMap("results", rows));
  }

  private static Outcome await(Provider provider, Owner owner, CompletableFuture<Outcome> outcome) {
    try {
      return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return Outcome.failed(provider, owner, String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return Outcome.failed(provider, owner, "no answer within " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed(provider, owner, "interrupted");
    }
  }
}
