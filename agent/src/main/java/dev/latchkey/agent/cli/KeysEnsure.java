package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys ensure}: as sync, and the provider says whether the key is good. */
@Command(
    name = "ensure",
    description = {
      "As sync, and ask the provider whether the key is good; one that is dead is renewed.",
      "Exit code 1 if there is no good key afterwards."
    })
final class KeysEnsure implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  KeysEnsure(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(whose.common, this::ask);
  }

  private Answer ask(Opened keys) throws Refusal {
    Owner owner = whose.ownerOr(keys.defaultOwner());
    return Outcomes.of(
        keys.providers(whose.provider),
        owner,
        p -> keys.latchkey().ensure(p, owner, true).thenApply(r -> Outcome.of(p, owner, r)));
  }
}
