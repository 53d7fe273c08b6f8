package dev.latchkey.core;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.Snapshot;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link Latchkey}; used once, by one thread. */
public final class LatchkeyBuilder {
  final Supplier<KeyStore> opener;
  final String description;
  BooleanSupplier storeIsNew = () -> false;
  Supplier<@Nullable Snapshot> snapshot = () -> null;
  List<Provider> providers = Collections.emptyList();
  TimeSource time = TimeSource.system();
  Owner defaultOwner = Owner.of("app");
  Supplier<@Nullable Owner> caller = () -> null;
  boolean dryRun;
  boolean refusesDisabled;
  boolean keepsHouse = true;
  int maxOwners = 100_000;
  Duration patience = Latchkey.PATIENCE;
  Duration longestProviderCall = Duration.ofSeconds(10);

  LatchkeyBuilder(Supplier<KeyStore> opener, String description) {
    this.opener = opener;
    this.description = description;
  }

  /** Tells, cheaply, whether nothing can be stored yet; false by default. */
  LatchkeyBuilder storeIsNew(BooleanSupplier value) {
    storeIsNew = value;
    return this;
  }

  /** Tells what is known of the table without opening it; null, for nothing, by default. */
  LatchkeyBuilder snapshot(Supplier<@Nullable Snapshot> value) {
    snapshot = value;
    return this;
  }

  /** The providers whose calls get a key; none by default. */
  public LatchkeyBuilder providers(List<Provider> value) {
    providers = new ArrayList<>(value);
    return this;
  }

  /** The clocks; the machine's by default. */
  public LatchkeyBuilder time(TimeSource value) {
    time = value;
    return this;
  }

  /** Whose key serves where nobody is known to call; {@code app} by default. */
  public LatchkeyBuilder defaultOwner(Owner value) {
    defaultOwner = value;
    return this;
  }

  /** Tells who is calling on this thread; nobody by default. */
  public LatchkeyBuilder caller(Supplier<@Nullable Owner> value) {
    caller = value;
    return this;
  }

  /**
   * Whether to only log what would be done: no call is changed, no key made, nothing stored and no
   * house kept; false by default.
   */
  public LatchkeyBuilder dryRun(boolean value) {
    dryRun = value;
    return this;
  }

  /** Whether a disabled owner's calls are answered 403 and do not leave; false by default. */
  public LatchkeyBuilder refusesDisabled(boolean value) {
    refusesDisabled = value;
    return this;
  }

  /** Whether a thread follows the table and cleans up; true by default, false for a command. */
  public LatchkeyBuilder keepsHouse(boolean value) {
    keepsHouse = value;
    return this;
  }

  /** How many owners of a provider stay in memory; 100,000 by default. */
  public LatchkeyBuilder maxOwners(int value) {
    maxOwners = value;
    return this;
  }

  /** How long a call may wait for a key; 15 seconds by default. */
  public LatchkeyBuilder patience(Duration value) {
    patience = value;
    return this;
  }

  /** How long one key-management call may take; 10 seconds by default. Leases last accordingly. */
  public LatchkeyBuilder longestProviderCall(Duration value) {
    longestProviderCall = value;
    return this;
  }

  /** Puts it together and starts it. */
  public Latchkey start() {
    return Latchkey.of(this);
  }
}
