package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that opens when it is first needed and whose loss costs nobody any time: while the table
 * is gone every call but one a second fails at once. Reading and writing are told apart, so a
 * read-only table goes on serving. Says so in one line at the loss and one at the recovery.
 */
public final class GuardedStore implements KeyStore {
  private static final Owner NOBODY = Owner.of("-");

  /**
   * In seconds. A starved container takes half a minute to open the table for the first time, which
   * is no loss of it; how long a call waits meanwhile is the front door's to say.
   */
  private static final long LONGEST_OPENING = 60;

  private final Supplier<KeyStore> opener;
  private final Foreknown known;
  private final String description;
  private final Breaker reads;
  private final Breaker writes;
  private final RenewalJournal journal = new GuardedJournal();
  private final AtomicReference<@Nullable CompletableFuture<KeyStore>> opening =
      new AtomicReference<>();
  private volatile @Nullable KeyStore opened;
  private volatile boolean ending;
  private volatile boolean closed;

  private GuardedStore(
      Supplier<KeyStore> opener,
      Supplier<@Nullable Snapshot> snapshot,
      String description,
      TimeSource time,
      KeyLog log) {
    this.opener = opener;
    known = new Foreknown(snapshot);
    this.description = description;
    reads = new Breaker(time, new Teller(log, "the last known keys serve"));
    writes = new Breaker(time, new Teller(log, "keys are read but nothing can be stored"));
  }

  /**
   * Guards what {@code opener} opens; it is called again after it threw a {@link StoreException}.
   *
   * @param snapshot what is known without opening it, or null for nothing; asked until it is open
   * @param description where the keys are, for people, while the store is not open
   */
  public static GuardedStore create(
      Supplier<KeyStore> opener,
      Supplier<@Nullable Snapshot> snapshot,
      String description,
      TimeSource time,
      KeyLog log) {
    return new GuardedStore(opener, snapshot, description, time, log);
  }

  /**
   * From now on a loss is not news: a process that ends closes its database in no certain order.
   */
  public void ending() {
    ending = true;
  }

  /** Whether the last attempt to reach the table failed. */
  public boolean isDown() {
    return reads.isDown();
  }

  /** Whether a table that was not opened yet can say whose keys it holds. */
  public boolean isForeknown() {
    return isUntried() && known.isThere();
  }

  /** A table that could not be opened is not one to speak for. */
  private boolean isUntried() {
    return opened == null && !closed && !reads.isDown();
  }

  @Override
  public List<ManagedKey> find(String provider, Owner owner) {
    List<ManagedKey> rows = isUntried() ? known.find(provider, owner) : null;
    return rows == null ? read(store -> store.find(provider, owner)) : rows;
  }

  @Override
  public List<ManagedKey> list(@Nullable String provider, @Nullable Owner owner, int limit) {
    return read(store -> store.list(provider, owner, limit));
  }

  @Override
  public boolean add(ManagedKey key) {
    return write(store -> store.add(key));
  }

  @Override
  public boolean mark(
      KeyId id,
      long generation,
      KeyStatus status,
      @Nullable Instant until,
      @Nullable String reason) {
    return write(store -> store.mark(id, generation, status, until, reason));
  }

  @Override
  public void disable(String provider, Owner owner, String reason) {
    write(
        store -> {
          store.disable(provider, owner, reason);
          return true;
        });
  }

  @Override
  public boolean enable(String provider, Owner owner) {
    return write(store -> store.enable(provider, owner));
  }

  @Override
  public List<Owner> disabledOwners(String provider, int limit) {
    List<Owner> owners = isUntried() ? known.disabledOwners(provider, limit) : null;
    return owners == null ? read(store -> store.disabledOwners(provider, limit)) : owners;
  }

  @Override
  public void validated(KeyId id, long generation, Instant at) {
    write(
        store -> {
          store.validated(id, generation, at);
          return true;
        });
  }

  @Override
  public Changes changes(@Nullable String cursor) {
    // Looked at when the table is open: by then nobody is told any more what was known before.
    return read(store -> store.changes(cursor == null ? known.cursor() : cursor));
  }

  @Override
  public void listen(Runnable onChange) {
    read(
        store -> {
          store.listen(onChange);
          return true;
        });
  }

  @Override
  public void count(List<Usage> usage) {
    write(
        store -> {
          store.count(usage);
          return true;
        });
  }

  @Override
  public void append(List<KeyEvent> events) {
    write(
        store -> {
          store.append(events);
          return true;
        });
  }

  @Override
  public int pruneEvents(Duration age, int limit) {
    return write(store -> store.pruneEvents(age, limit));
  }

  @Override
  public List<ManagedKey> expiringBefore(Instant time, int limit) {
    return read(store -> store.expiringBefore(time, limit));
  }

  @Override
  public RenewalJournal renewals() {
    return journal;
  }

  @Override
  public String schema() {
    return read(KeyStore::schema);
  }

  @Override
  public String describe() {
    KeyStore store = opened;
    return store == null ? description : store.describe();
  }

  @Override
  public void close() {
    closed = true;
    KeyStore store = opened;
    if (store != null) store.close();
  }

  private <T> T read(Function<KeyStore, T> operation) {
    return reads.run(() -> operation.apply(open()));
  }

  private <T> T write(Function<KeyStore, T> operation) {
    if (reads.isDown()) read(store -> store.changes(null));
    try {
      return writes.run(() -> attempt(operation));
    } catch (Unreadable e) {
      throw e.cause;
    }
  }

  /** A table that is gone altogether is not reported as one that cannot be written. */
  private <T> T attempt(Function<KeyStore, T> operation) {
    try {
      return operation.apply(open());
    } catch (StoreException e) {
      if (isReadable()) throw e;
      throw new Unreadable(e);
    }
  }

  private boolean isReadable() {
    try {
      read(store -> store.changes(null));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private KeyStore open() {
    KeyStore store = opened;
    if (store != null) return store;
    if (closed) throw new StoreException("the key store is closed");
    CompletableFuture<KeyStore> mine = new CompletableFuture<>();
    CompletableFuture<KeyStore> first = mine;
    if (opening.compareAndSet(null, mine)) {
      openInto(mine);
    } else {
      CompletableFuture<KeyStore> theirs = opening.get();
      if (theirs != null) first = theirs;
      else return open();
    }
    return await(first);
  }

  private void openInto(CompletableFuture<KeyStore> mine) {
    try {
      KeyStore store = opener.get();
      opened = store;
      mine.complete(store);
      if (closed) store.close();
    } catch (RuntimeException | LinkageError e) {
      opening.set(null);
      mine.completeExceptionally(e);
    }
  }

  private static KeyStore await(CompletableFuture<KeyStore> theirs) {
    try {
      return theirs.get(LONGEST_OPENING, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(
          "the key store is still being opened after " + LONGEST_OPENING + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreException
          ? (StoreException) e.getCause()
          : new StoreException("the key store could not be opened: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the key store was being opened", e);
    }
  }

  /** Carries a failed check of readability past the breaker for writing. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    final StoreException cause;

    Unreadable(StoreException cause) {
      super(null, cause, false, false);
      this.cause = cause;
    }
  }

  private final class Teller implements Breaker.Listener {
    private final KeyLog log;
    private final String meanwhile;

    Teller(KeyLog log, String meanwhile) {
      this.log = log;
      this.meanwhile = meanwhile;
    }

    @Override
    public void lost(String reason) {
      if (ending || closed) return;
      log.tell(KeyEvent.Type.DISABLED, "store", NOBODY, reason + "; " + meanwhile);
    }

    @Override
    public void recovered() {
      log.tell(KeyEvent.Type.RECOVERED, "store", NOBODY, "the key table works again");
    }
  }

  /** The journal of the same table, behind the same breakers. */
  private final class GuardedJournal implements RenewalJournal {
    @Override
    public Optional<Attempt> begin(
        KeyId key, String provider, Owner owner, long generation, String name, Duration lease) {
      return write(s -> s.renewals().begin(key, provider, owner, generation, name, lease));
    }

    @Override
    public boolean minted(Attempt attempt, @Nullable String providerRef) {
      return write(s -> s.renewals().minted(attempt, providerRef));
    }

    @Override
    public boolean activate(
        Attempt attempt, ManagedKey next, @Nullable String retiredRef, Duration grace) {
      return write(s -> s.renewals().activate(attempt, next, retiredRef, grace));
    }

    @Override
    public void failed(Attempt attempt, String reason) {
      tell(journal -> journal.failed(attempt, reason));
    }

    @Override
    public void abandoned(Attempt attempt, String reason) {
      tell(journal -> journal.abandoned(attempt, reason));
    }

    @Override
    public int begunWithin(String provider, Owner owner, Duration window) {
      return read(s -> s.renewals().begunWithin(provider, owner, window));
    }

    @Override
    public List<Attempt> claimOrphans(
        String provider, Duration settled, Duration lease, int limit) {
      return write(s -> s.renewals().claimOrphans(provider, settled, lease, limit));
    }

    @Override
    public int prune(String provider, Duration age, int limit) {
      return write(s -> s.renewals().prune(provider, age, limit));
    }

    @Override
    public void cleaned(Attempt orphan) {
      tell(journal -> journal.cleaned(orphan));
    }

    @Override
    public List<Attempt> claimRetired(String provider, Duration lease, int limit) {
      return write(s -> s.renewals().claimRetired(provider, lease, limit));
    }

    @Override
    public void done(Attempt attempt) {
      tell(journal -> journal.done(attempt));
    }

    @Override
    public Optional<Attempt> latest(KeyId key) {
      return read(s -> s.renewals().latest(key));
    }

    private void tell(Consumer<RenewalJournal> operation) {
      write(
          store -> {
            operation.accept(store.renewals());
            return true;
          });
    }
  }
}
