package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.pool.KeyPool;
import dev.latchkey.core.pool.UsageMeter;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.renewal.Renewal;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.sync.KeySync;
import dev.latchkey.core.sync.Outlook;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.work.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects a front door's parts; used once, by one thread. */
public final class FrontDoorBuilder {
  List<Provider> providers = Collections.emptyList();
  Owner defaultOwner = Owner.of("app");
  Supplier<@Nullable Owner> caller = () -> null;
  @Nullable Outlook dryRun;
  boolean refusesDisabled;
  Duration patience = Duration.ofSeconds(15);

  FrontDoorBuilder() {}

  /** The providers whose calls get a key; none by default. */
  public FrontDoorBuilder providers(List<Provider> value) {
    providers = new ArrayList<>(value);
    return this;
  }

  /** Whose key serves where nobody is known to call; {@code app} by default. */
  public FrontDoorBuilder defaultOwner(Owner value) {
    defaultOwner = value;
    return this;
  }

  /** Tells who is calling on this thread; nobody by default. */
  public FrontDoorBuilder caller(Supplier<@Nullable Owner> value) {
    caller = value;
    return this;
  }

  /** Tells what would be done where nothing is to be done; null, for a real run, by default. */
  public FrontDoorBuilder dryRun(@Nullable Outlook value) {
    dryRun = value;
    return this;
  }

  /** Whether a disabled owner's calls are answered 403 and do not leave; false by default. */
  public FrontDoorBuilder refusesDisabled(boolean value) {
    refusesDisabled = value;
    return this;
  }

  /** How long a call may wait for a key; 15 seconds by default. */
  public FrontDoorBuilder patience(Duration value) {
    patience = value;
    return this;
  }

  /** Opens the door over these parts. */
  public FrontDoor build(
      KeyStore store,
      KeyPool pool,
      KeySync sync,
      Renewal renewal,
      UsageMeter meter,
      Workers workers,
      TimeSource time,
      KeyLog log) {
    KeyLoader loader = new KeyLoader(pool, sync, workers, time, patience);
    Reports reports = new Reports(log, time);
    Rests rests = new Rests(store, pool, workers, time, reports);
    DryRun dry = dryRun == null ? null : new DryRun(dryRun, workers, reports, log);
    return new FrontDoor(this, pool, loader, renewal, rests, dry, meter, workers, time, reports);
  }
}
