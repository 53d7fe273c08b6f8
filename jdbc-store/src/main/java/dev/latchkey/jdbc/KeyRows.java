package dev.latchkey.jdbc;

import dev.latchkey.core.crypto.Sealer;
import dev.latchkey.core.crypto.UnsealException;
import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.KeySource;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rows of {@code api_keys}: sealed on the way in, opened on the way out. */
final class KeyRows {
  /** What a key is made of, each qualified by {@code k}. */
  static final String COLUMNS =
      "k.id, k.provider, k.user_id, k.key_encrypted, k.source, k.status, k.priority, k.generation,"
          + " k.provider_ref, k.expires_at, k.cooldown_until, k.last_error, k.last_validated,"
          + " k.last_renewal_at, k.created_at, k.daily_limit, k.monthly_limit";

  static final int ERROR_LENGTH = 1_000;
  private static final int REF_LENGTH = 1_000;

  private static final String INSERT =
      "insert into api_keys (id, provider, user_id, key_encrypted, key_fingerprint, key_hint,"
          + " source, status, priority, generation, provider_ref, expires_at, cooldown_until,"
          + " last_error, last_validated, last_renewal_at, daily_limit, monthly_limit,"
          + " created_at, updated_at)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " current_timestamp, current_timestamp) on conflict do nothing";

  private static final String RENEW =
      "update api_keys set key_encrypted = ?, key_fingerprint = ?, key_hint = ?, source = ?,"
          + " status = ?, priority = ?, generation = ?, provider_ref = ?, expires_at = ?,"
          + " cooldown_until = ?, last_error = ?, last_validated = ?, last_renewal_at = ?,"
          + " daily_limit = ?, monthly_limit = ?, auto_renewed = true, consecutive_errors = 0,"
          + " updated_at = current_timestamp"
          + " where id = ? and generation = ? and status not in ('paused', 'disabled', 'retired')";

  private final Sealer sealer;

  KeyRows(Sealer sealer) {
    this.sealer = sealer;
  }

  /** False if the id is there already. */
  boolean insert(Connection c, ManagedKey key) throws SQLException {
    Secret secret = secretOf(key);
    OwnerRows.clear(c, key.id());
    try (Params p = Params.of(c, INSERT)) {
      p.uuid(key.id().uuid()).text(key.provider()).text(key.owner().id());
      setSecret(p, key, secret);
      setState(p, key);
      return p.update() == 1;
    }
  }

  /** False if the row is no longer of that generation, or out of service. */
  boolean renew(Connection c, ManagedKey next, long generation) throws SQLException {
    Secret secret = secretOf(next);
    try (Params p = Params.of(c, RENEW)) {
      setSecret(p, next, secret);
      setState(p, next);
      return p.uuid(next.id().uuid()).number(generation).update() == 1;
    }
  }

  private void setSecret(Params p, ManagedKey key, Secret secret) throws SQLException {
    p.text(sealer.seal(secret, key.id(), key.provider(), key.owner(), key.generation()));
    p.text(secret.fingerprint()).text(secret.hint());
  }

  private static void setState(Params p, ManagedKey key) throws SQLException {
    p.text(key.source().text()).text(key.status().text());
    p.number(key.priority()).number(key.generation());
    p.text(Texts.fitOrNull(key.providerRef(), REF_LENGTH));
    p.time(key.expiresAt()).time(key.cooldownUntil());
    p.text(Texts.fitOrNull(key.lastError(), ERROR_LENGTH));
    p.time(key.lastValidated()).time(key.lastRenewalAt());
    p.numberOrNull(key.dailyLimit()).numberOrNull(key.monthlyLimit());
  }

  private static Secret secretOf(ManagedKey key) {
    Secret secret = key.secret();
    if (secret != null) return secret;
    throw new IllegalArgumentException("a key without a secret is not stored: " + key);
  }

  /** All rows of an answer. */
  List<ManagedKey> readAll(ResultSet rows) throws SQLException {
    List<ManagedKey> keys = new ArrayList<>();
    while (rows.next()) keys.add(read(rows));
    return keys;
  }

  /** The row that the answer stands at. */
  ManagedKey read(ResultSet row) throws SQLException {
    KeyId id = KeyId.parse(row.getObject("id", UUID.class).toString());
    Owner owner = Owner.of(row.getString("user_id"));
    ManagedKey.Builder key =
        ManagedKey.builder(id, row.getString("provider"), owner)
            .source(KeySource.of(row.getString("source")))
            .status(StoredStatus.of(row.getString("status")))
            .priority(row.getInt("priority"))
            .generation(Math.max(1, row.getLong("generation")))
            .providerRef(row.getString("provider_ref"))
            .lastError(row.getString("last_error"))
            .dailyLimit(Params.numberOf(row, "daily_limit"))
            .monthlyLimit(Params.numberOf(row, "monthly_limit"));
    readTimes(key, row);
    return open(key, row, id, owner);
  }

  private static void readTimes(ManagedKey.Builder key, ResultSet row) throws SQLException {
    key.expiresAt(Params.timeOf(row, "expires_at"))
        .cooldownUntil(Params.timeOf(row, "cooldown_until"))
        .lastValidated(Params.timeOf(row, "last_validated"))
        .lastRenewalAt(Params.timeOf(row, "last_renewal_at"))
        .createdAt(Params.instantOf(row, "created_at"));
  }

  private ManagedKey open(ManagedKey.Builder key, ResultSet row, KeyId id, Owner owner)
      throws SQLException {
    String sealed = row.getString("key_encrypted");
    String provider = row.getString("provider");
    String status = row.getString("status");
    if (sealed.isEmpty() && StoredStatus.isOut(status)) return key.build();
    String fault = StoredStatus.fault(status);
    if (fault != null) return key.fault(fault).build();
    try {
      key.secret(sealer.open(sealed, id, provider, owner, row.getLong("generation")));
    } catch (UnsealException e) {
      key.fault(String.valueOf(e.getMessage()));
    }
    return key.build();
  }
}
