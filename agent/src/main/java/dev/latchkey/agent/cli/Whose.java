package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command on keys: whose keys at which provider, and the common ones. */
final class Whose {
  @Mixin final Common common = new Common();

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

  /**
   * The owner, who must be named.
   *
   * @throws Refusal if he is not
   */
  Owner named(String command) throws Refusal {
    Owner owner = owner();
    if (owner != null) return owner;
    throw Refusal.notUnderstood(command + " concerns one user; add --user ID");
  }

  /** The owner, or {@code standard} where nobody was named. */
  Owner ownerOr(Owner standard) throws Refusal {
    Owner named = owner();
    return named == null ? standard : named;
  }
}
