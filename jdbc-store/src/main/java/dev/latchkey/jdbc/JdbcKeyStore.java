package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.Changes;
import dev.latchkey.core.store.KeyStore;
import dev.latchkey.core.store.MarkRule;
import dev.latchkey.core.store.RenewalJournal;
import dev.latchkey.core.store.StoreSettings;
import dev.latchkey.core.store.Usage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key table in a database. */
final class JdbcKeyStore implements KeyStore {
  private static final int MOST_OF_ONE_OWNER = 10_000;
  private static final String BEST_FIRST = "k.priority, k.created_at, k.id";
  private static final String SELECT = "select " + KeyRows.COLUMNS + " from api_keys k where ";

  private final Transactor transactor;
  private final KeyRows rows;
  private final ChangeFeed changes;
  private final UsageTable usage;
  private final RenewalJournal renewals;
  private final Listener listener;

  private JdbcKeyStore(Transactor transactor, KeyRows rows, Listener listener) {
    this.transactor = transactor;
    this.rows = rows;
    this.listener = listener;
    changes = new ChangeFeed(transactor, rows);
    usage = new UsageTable(transactor);
    renewals = new JdbcJournal(transactor, rows);
  }

  static JdbcKeyStore open(Database database, Sealer sealer, StoreSettings settings) {
    boolean notifies = settings.notifies() && database.dialect() == Dialect.POSTGRES;
    Farewell farewell = new Farewell(database, sealer);
    Transactor transactor = Transactor.open(database, notifies, farewell);
    return new JdbcKeyStore(transactor, new KeyRows(sealer), new Listener(database, notifies));
  }

  @Override
  public List<ManagedKey> find(String provider, Owner owner) {
    String sql =
        SELECT
            + "k.provider = ? and k.user_id = ? and k.status <> 'retired' order by "
            + BEST_FIRST
            + " limit ?";
    return transactor.read(
        "reading the keys of " + provider + "/" + owner,
        c -> {
          try (Params p = Params.of(c, sql)) {
            p.text(provider).text(owner.id()).number(MOST_OF_ONE_OWNER);
            return query(p);
          }
        });
  }

  @Override
  public List<ManagedKey> list(@Nullable String provider, @Nullable Owner owner, int limit) {
    String sql =
        SELECT
            + (provider == null ? "" : "k.provider = ? and ")
            + (owner == null ? "" : "k.user_id = ? and ")
            + "1 = 1 order by k.provider, k.user_id, "
            + BEST_FIRST
            + " limit ?";
    return transactor.read(
        "listing the keys",
        c -> {
          try (Params p = Params.of(c, sql)) {
            if (provider != null) p.text(provider);
            if (owner != null) p.text(owner.id());
            return query(p.number(limit));
          }
        });
  }

  @Override
  public boolean add(ManagedKey key) {
    return transactor.change("adding " + key, added -> added, c -> rows.insert(c, key));
  }

  @Override
  public boolean mark(
      KeyId id,
      long generation,
      KeyStatus status,
      @Nullable Instant until,
      @Nullable String reason) {
    return transactor.change(
        "marking key " + id + " as " + status.text(),
        marked -> marked,
        c -> mark(c, id, generation, status, until, reason));
  }

  private static boolean mark(
      Connection c,
      KeyId id,
      long generation,
      KeyStatus status,
      @Nullable Instant until,
      @Nullable String reason)
      throws SQLException {
    KeyStatus stored;
    Instant storedUntil;
    String select =
        "select status, cooldown_until from api_keys where id = ? and generation = ? for update";
    try (Params p = Params.of(c, select);
        ResultSet row = p.uuid(id.uuid()).number(generation).query()) {
      if (!row.next()) return false;
      stored = StoredStatus.of(row.getString("status"));
      storedUntil = Params.timeOf(row, "cooldown_until");
    }
    if (!MarkRule.applies(stored, storedUntil, status, until)) return true;
    String update =
        "update api_keys set status = ?, cooldown_until = ?, last_error = ?,"
            + " updated_at = current_timestamp where id = ?";
    try (Params p = Params.of(c, update)) {
      p.text(status.text()).time(MarkRule.until(storedUntil, status, until));
      p.text(Texts.fitOrNull(reason, KeyRows.ERROR_LENGTH)).uuid(id.uuid()).update();
    }
    return true;
  }

  @Override
  public void disable(String provider, Owner owner, String reason) {
    transactor.change(
        "disabling " + provider + "/" + owner,
        disabled -> disabled,
        c -> OwnerRows.disable(c, provider, owner, reason));
  }

  @Override
  public boolean enable(String provider, Owner owner) {
    return transactor.change(
        "enabling " + provider + "/" + owner,
        enabled -> enabled,
        c -> OwnerRows.enable(c, provider, owner));
  }

  @Override
  public List<Owner> disabledOwners(String provider, int limit) {
    return transactor.read(
        "reading who is disabled at " + provider, c -> OwnerRows.disabled(c, provider, limit));
  }

  @Override
  public void validated(KeyId id, long generation, Instant at) {
    String sql =
        "update api_keys set last_validated = ?, updated_at = current_timestamp"
            + " where id = ? and generation = ?"
            + " and (last_validated is null or last_validated < ?)";
    transactor.change(
        "noting the validation of key " + id,
        noted -> noted,
        c -> {
          try (Params p = Params.of(c, sql)) {
            p.time(at).uuid(id.uuid()).number(generation).time(at);
            return p.update() == 1;
          }
        });
  }

  @Override
  public Changes changes(@Nullable String cursor) {
    return changes.since(cursor);
  }

  @Override
  public void listen(Runnable onChange) {
    listener.add(onChange);
  }

  @Override
  public void count(List<Usage> counted) {
    usage.count(counted);
  }

  @Override
  public void append(List<KeyEvent> events) {
    if (!events.isEmpty()) {
      transactor.write("writing the history", c -> HistoryTable.append(c, events));
    }
  }

  @Override
  public int pruneEvents(Duration age, int limit) {
    return transactor.write("pruning the history", c -> HistoryTable.prune(c, age, limit));
  }

  @Override
  public List<ManagedKey> expiringBefore(Instant time, int limit) {
    String sql =
        SELECT
            + "k.expires_at < ? and k.status in ('active', 'cooling', 'exhausted')"
            + " order by k.expires_at, k.id limit ?";
    return transactor.read(
        "reading which keys expire",
        c -> {
          try (Params p = Params.of(c, sql)) {
            return query(p.time(time).number(limit));
          }
        });
  }

  @Override
  public RenewalJournal renewals() {
    return renewals;
  }

  @Override
  public String schema() {
    return transactor.read("reading the version of the tables", Migrations::version);
  }

  @Override
  public String describe() {
    return transactor.database().description();
  }

  @Override
  public void close() {
    listener.close();
    transactor.close();
  }

  private List<ManagedKey> query(Params p) throws SQLException {
    try (ResultSet found = p.query()) {
      return rows.readAll(found);
    }
  }
}
