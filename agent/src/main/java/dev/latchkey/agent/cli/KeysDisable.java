package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys disable}: keeps a user out. */
@Command(
    name = "disable",
    description = {
      "Keep a user out: no key is used or made for him until keys enable; running applications",
      "follow within a second, those that made no call lately after their next one. Where all",
      "share a pool he alone is kept out of it.",
      "The setting identity.disabled-owner says what becomes of his calls. Needs --user."
    })
final class KeysDisable implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  KeysDisable(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(whose.common, this::ask);
  }

  private Answer ask(Opened keys) throws Refusal {
    Owner owner = whose.named("disable");
    return Standings.of(
        keys.providers(whose.provider),
        owner,
        provider -> {
          keys.latchkey().disable(provider, owner);
          return "disabled";
        });
  }
}
