package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys renew}: replaces a key, dead or not. */
@Command(
    name = "renew",
    description = {
      "Replace a user's key by a new one now, dead or not; running applications follow within a",
      "second. The application's default owner is meant without --user.",
      "Exit code 1 if there is no new key afterwards."
    })
final class KeysRenew implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  KeysRenew(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(whose.common, this::ask);
  }

  private Answer ask(Opened keys) throws Refusal {
    Owner owner = whose.ownerOr(keys.defaultOwner());
    List<Provider> providers = keys.providers(whose.provider);
    if (providers.size() > 1) {
      throw Refusal.notUnderstood(
          "renew replaces keys at one provider; add --provider " + names(providers));
    }
    return Outcomes.of(
        providers,
        owner,
        p -> keys.latchkey().renew(p, owner).thenApply(r -> Outcome.of(p, owner, r)));
  }

  private static String names(List<Provider> providers) {
    List<String> names = new ArrayList<>();
    for (Provider provider : providers) names.add(provider.name());
    return String.join(" or ", names);
  }
}
