package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys enable}: lets a disabled user in again. */
@Command(
    name = "enable",
    description = {
      "Let a disabled user in again: his key serves, or one is found or made at his next call;",
      "running applications follow within a second. Needs --user."
    })
final class KeysEnable implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  KeysEnable(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(whose.common, this::ask);
  }

  private Answer ask(Opened keys) throws Refusal {
    Owner owner = whose.named("enable");
    return Standings.of(
        keys.providers(whose.provider),
        owner,
        provider -> keys.latchkey().enable(provider, owner) ? "enabled" : "was not disabled");
  }
}
