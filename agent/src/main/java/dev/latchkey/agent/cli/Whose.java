package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whose keys at which provider are meant. */
final class Whose {
  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Only this provider, such as openrouter; else all that are on.")
  @Nullable String provider;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "The user whose key is meant; see each command for what is meant without it.")
  @Nullable String user;

  /** The owner, or null where nobody was named. */
  @Nullable Owner owner() throws Refusal {
    if (user == null) return null;
    if (user.trim().isEmpty()) throw Refusal.notUnderstood("--user must not be blank");
    return Owner.of(user);
  }

  /** The owner, or {@code standard} where nobody was named. */
  Owner ownerOr(Owner standard) throws Refusal {
    Owner named = owner();
    return named == null ? standard : named;
  }
}
