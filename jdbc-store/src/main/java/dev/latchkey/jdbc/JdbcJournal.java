package dev.latchkey.jdbc;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.store.RenewalJournal;
import dev.latchkey.core.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code key_renewals}. The lease is the unique column {@code leased_key}: whoever inserts
 * it has it, and gives it back by leaving the states {@code minting} and {@code minted}. Each
 * method bears being done twice, since its first answer may have been lost with the connection.
 */
final class JdbcJournal implements RenewalJournal {
  private static final int NAME_LENGTH = 400;
  private static final int REF_LENGTH = 1_000;
  private static final int ERROR_LENGTH = 1_000;

  private static final String LIVE = "state in ('minting', 'minted')";
  private static final String SELECT =
      "select id, key_id, holder, provider, user_id, generation, mint_name, state, provider_ref,"
          + " retired_ref, error, begun_at, "
          + LIVE
          + " and lease_until <= current_timestamp as ran_out from key_renewals ";

  private static final String EXPIRE =
      "update key_renewals set state = 'abandoned', error = '"
          + RAN_OUT
          + "', leased_key = null"
          + " where leased_key = ? and lease_until <= current_timestamp";
  private static final String BEGIN =
      "insert into key_renewals (key_id, leased_key, holder, provider, user_id, generation,"
          + " mint_name, state, begun_at, lease_until)"
          + " values (?, ?, ?, ?, ?, ?, ?, 'minting', current_timestamp, current_timestamp + "
          + Dialect.MILLIS
          + ") on conflict do nothing";
  private static final String STORED =
      "update key_renewals set state = ?, leased_key = null, retired_ref = ?,"
          + " lease_until = current_timestamp + "
          + Dialect.MILLIS
          + " where id = ? and "
          + LIVE;

  private final Transactor transactor;
  private final KeyRows rows;

  JdbcJournal(Transactor transactor, KeyRows rows) {
    this.transactor = transactor;
    this.rows = rows;
  }

  @Override
  public Optional<Attempt> begin(
      KeyId key, String provider, Owner owner, long generation, String mintName, Duration lease) {
    UUID holder = UUID.randomUUID();
    return transactor.write(
        "beginning a renewal for " + provider + "/" + owner,
        Optional::isPresent,
        c -> {
          if (generationOf(c, key) != generation) return Optional.empty();
          expire(c, key);
          insert(c, holder, key, provider, owner, generation, mintName, lease);
          Optional<Attempt> ours = leasedBy(c, key, holder);
          // Nobody else can activate from here on; but somebody may have, just before.
          boolean moved = ours.isPresent() && generationOf(c, key) != generation;
          return moved ? Optional.empty() : ours;
        });
  }

  private long generationOf(Connection c, KeyId key) throws SQLException {
    String sql =
        "select "
            + KeyRows.COLUMNS
            + " from api_keys k where k.id = ? and not ("
            + OwnerRows.LIFTED
            + ")";
    try (Params p = Params.of(c, sql);
        ResultSet row = p.uuid(key.uuid()).query()) {
      if (!row.next()) return 0;
      ManagedKey stored = rows.read(row);
      if (stored.fault() == null) return stored.generation();
      throw new StoreException(
          "the stored key " + stored + " is not replaced: it was " + stored.fault());
    }
  }

  private static void expire(Connection c, KeyId key) throws SQLException {
    try (Params p = Params.of(c, EXPIRE)) {
      p.uuid(key.uuid()).update();
    }
  }

  private static void insert(
      Connection c,
      UUID holder,
      KeyId key,
      String provider,
      Owner owner,
      long generation,
      String mintName,
      Duration lease)
      throws SQLException {
    try (Params p = Params.of(c, BEGIN)) {
      p.uuid(key.uuid()).uuid(key.uuid()).uuid(holder).text(provider).text(owner.id());
      p.number(generation).text(Texts.fit(mintName, NAME_LENGTH)).number(lease.toMillis());
      p.update();
    }
  }

  private static Optional<Attempt> leasedBy(Connection c, KeyId key, UUID holder)
      throws SQLException {
    try (Params p = Params.of(c, SELECT + "where leased_key = ? and holder = ?")) {
      return first(p.uuid(key.uuid()).uuid(holder));
    }
  }

  @Override
  public boolean minted(Attempt attempt, @Nullable String providerRef) {
    String sql = "update key_renewals set state = 'minted', provider_ref = ? where id = ? and ";
    return transactor.write(
        "noting what " + attempt + " minted",
        c -> {
          try (Params p = Params.of(c, sql + LIVE)) {
            p.text(Texts.fitOrNull(providerRef, REF_LENGTH)).number(attempt.id());
            return p.update() == 1;
          }
        });
  }

  @Override
  public boolean activate(
      Attempt attempt, ManagedKey next, @Nullable String retiredRef, Duration grace) {
    return transactor.change(
        "activating " + next,
        activated -> activated,
        c -> {
          if (!stored(c, attempt, retiredRef, grace)) return wasStored(c, attempt);
          return attempt.generation() == 0
              ? rows.insert(c, next)
              : rows.renew(c, next, attempt.generation());
        });
  }

  private static boolean stored(
      Connection c, Attempt attempt, @Nullable String retiredRef, Duration grace)
      throws SQLException {
    try (Params p = Params.of(c, STORED)) {
      p.text(retiredRef == null ? "done" : "stored");
      p.text(Texts.fitOrNull(retiredRef, REF_LENGTH)).number(grace.toMillis());
      return p.number(attempt.id()).update() == 1;
    }
  }

  private static boolean wasStored(Connection c, Attempt attempt) throws SQLException {
    try (Params p = Params.of(c, SELECT + "where id = ? and state in ('stored', 'done')")) {
      return first(p.number(attempt.id())).isPresent();
    }
  }

  @Override
  public void failed(Attempt attempt, String reason) {
    move(attempt, "state = 'minting'", "failed", reason);
  }

  @Override
  public void abandoned(Attempt attempt, String reason) {
    move(attempt, LIVE, "abandoned", reason);
  }

  @Override
  public void cleaned(Attempt orphan) {
    move(orphan, "state = 'abandoned'", "cleaned", orphan.error());
  }

  @Override
  public void done(Attempt attempt) {
    move(attempt, "state = 'stored'", "done", attempt.error());
  }

  private void move(Attempt attempt, String from, String to, @Nullable String reason) {
    String sql =
        "update key_renewals set state = ?, error = ?, leased_key = null,"
            + " lease_until = current_timestamp where id = ? and ";
    transactor.write(
        "noting that " + attempt + " is " + to,
        c -> {
          try (Params p = Params.of(c, sql + from)) {
            p.text(to).text(Texts.fitOrNull(reason, ERROR_LENGTH)).number(attempt.id());
            return p.update();
          }
        });
  }

  @Override
  public int begunWithin(String provider, Owner owner, Duration window) {
    String sql =
        "select count(*) from key_renewals where provider = ? and user_id = ?"
            + " and begun_at > current_timestamp - "
            + Dialect.MILLIS
            + " and state <> 'failed'";
    return transactor.read(
        "counting renewals of " + provider + "/" + owner,
        c -> {
          try (Params p = Params.of(c, sql);
              ResultSet row = p.text(provider).text(owner.id()).number(window.toMillis()).query()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  @Override
  public List<Attempt> claimOrphans(String provider, Duration settled, Duration lease, int limit) {
    String orphans =
        "state in ('minting', 'minted', 'abandoned') and (provider_ref is not null"
            + " or begun_at <= current_timestamp - "
            + Dialect.MILLIS
            + ")";
    String set =
        "state = 'abandoned', leased_key = null, error = coalesce(error, '" + RAN_OUT + "')";
    String what = "claiming orphans of " + provider;
    return claim(
        what, p -> p.text(provider).number(settled.toMillis()), orphans, set, lease, limit);
  }

  @Override
  public int prune(String provider, Duration age, int limit) {
    String sql =
        "delete from key_renewals where id in (select id from key_renewals where provider = ?"
            + " and state in ('done', 'cleaned', 'failed') and lease_until < current_timestamp - "
            + Dialect.MILLIS
            + " limit ?)";
    return transactor.write(
        "pruning the renewals of " + provider,
        c -> {
          try (Params p = Params.of(c, sql)) {
            return p.text(provider).number(age.toMillis()).number(limit).update();
          }
        });
  }

  @Override
  public List<Attempt> claimRetired(String provider, Duration lease, int limit) {
    String what = "claiming replaced keys of " + provider;
    String stored = "state = 'stored'";
    return claim(what, p -> p.text(provider), stored, stored, lease, limit);
  }

  /** Locks what nobody else has locked, takes it for a while, and answers what was taken. */
  private List<Attempt> claim(
      String what, Filling wanting, String wanted, String set, Duration lease, int limit) {
    String select =
        SELECT
            + "where provider = ? and "
            + wanted
            + " and lease_until <= current_timestamp"
            + " order by id limit ? for update skip locked";
    String update =
        "update key_renewals set lease_until = current_timestamp + " + Dialect.MILLIS + ", " + set;
    return transactor.write(
        what,
        claimed -> !claimed.isEmpty(),
        c -> {
          List<Attempt> found;
          try (Params p = Params.of(c, select)) {
            found = all(wanting.of(p).number(limit));
          }
          List<Attempt> claimed = new ArrayList<>();
          for (Attempt one : found) {
            try (Params p = Params.of(c, update + " where id = ?")) {
              p.number(lease.toMillis()).number(one.id()).update();
            }
            try (Params p = Params.of(c, SELECT + "where id = ?")) {
              claimed.addAll(all(p.number(one.id())));
            }
          }
          return claimed;
        });
  }

  @Override
  public Optional<Attempt> latest(KeyId key) {
    return transactor.read(
        "reading the renewals of key " + key,
        c -> {
          try (Params p = Params.of(c, SELECT + "where key_id = ? order by id desc limit 1")) {
            return first(p.uuid(key.uuid()));
          }
        });
  }

  /** Sets the parameters of a condition. */
  private interface Filling {
    Params of(Params statement) throws SQLException;
  }

  private static Optional<Attempt> first(Params p) throws SQLException {
    List<Attempt> found = all(p);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  private static List<Attempt> all(Params p) throws SQLException {
    List<Attempt> found = new ArrayList<>();
    try (ResultSet row = p.query()) {
      while (row.next()) found.add(read(row));
    }
    return found;
  }

  private static Attempt read(ResultSet row) throws SQLException {
    boolean ranOut = row.getBoolean("ran_out");
    return new Attempt(
        row.getLong("id"),
        KeyId.parse(row.getObject("key_id", UUID.class).toString()),
        row.getString("provider"),
        Owner.of(row.getString("user_id")),
        row.getLong("generation"),
        row.getString("mint_name"),
        ranOut ? "abandoned" : row.getString("state"),
        row.getString("provider_ref"),
        row.getString("retired_ref"),
        ranOut ? RAN_OUT : row.getString("error"),
        Params.instantOf(row, "begun_at"));
  }
}
