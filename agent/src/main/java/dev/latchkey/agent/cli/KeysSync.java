package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys sync}: finds keys and stores what it found. */
@Command(
    name = "sync",
    description = {
      "Find a user's key: in the table, else the key file, else the environment, else a new one,",
      "and store it. The application's default owner is meant without --user.",
      "Exit code 1 if there is none afterwards, or none that is stored and works."
    })
final class KeysSync implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  KeysSync(Desk desk) {
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
        p -> keys.latchkey().sync(p, owner).thenApply(r -> Outcome.of(p, owner, r)));
  }
}
