package dev.latchkey.agent.cli;

import dev.latchkey.core.Latchkey;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.StoreException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that a command works on, and what the settings say about them. */
final class Opened implements Closeable {
  /** As many rows as a command ever reads. */
  static final int MOST_ROWS = 100_000;

  private static final String FIRST_PRESET = "openrouter";
  private static final KeyId NO_ROW = KeyId.own("latchkey-test-store", Owner.of("nobody"));

  private final Latchkey latchkey;
  private final Owner defaultOwner;

  private Opened(Latchkey latchkey, Owner defaultOwner) {
    this.latchkey = latchkey;
    this.defaultOwner = defaultOwner;
  }

  static Opened of(Latchkey latchkey, Owner defaultOwner) {
    return new Opened(latchkey, defaultOwner);
  }

  Latchkey latchkey() {
    return latchkey;
  }

  KeyStore store() {
    return latchkey.store();
  }

  /** Whose key is meant where nobody is named. */
  Owner defaultOwner() {
    return defaultOwner;
  }

  /**
   * The provider of that name, or all that are on.
   *
   * @throws Refusal if there is none
   */
  List<Provider> providers(@Nullable String name) throws Refusal {
    List<Provider> on = latchkey.providers();
    if (name == null) {
      if (on.isEmpty()) throw Refusal.notFine("no key anywhere: " + wayOut(FIRST_PRESET));
      return on;
    }
    for (Provider provider : on) {
      if (provider.name().equals(name)) return Collections.singletonList(provider);
    }
    if (Presets.variables(name) == null) {
      throw Refusal.notUnderstood(
          "--provider " + KeyRows.line(name) + ": there is no such provider; on: " + names(on));
    }
    throw Refusal.notFine("no key anywhere: " + wayOut(name));
  }

  private static String wayOut(String preset) {
    return preset
        + " is not on; set "
        + Presets.variables(preset)
        + ", or name it under providers in latchkey.yaml";
  }

  private static String names(List<Provider> providers) {
    List<String> names = new ArrayList<>();
    for (Provider provider : providers) names.add(provider.name());
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /**
   * Why nothing can be stored; null if it can. Changes nothing: the row it writes to is not there.
   */
  @Nullable String whyNotWritable() {
    try {
      store().mark(NO_ROW, 1, KeyStatus.ACTIVE, null, null);
      return null;
    } catch (StoreException e) {
      return e.getMessage();
    }
  }

  @Override
  public void close() {
    latchkey.close();
  }
}
