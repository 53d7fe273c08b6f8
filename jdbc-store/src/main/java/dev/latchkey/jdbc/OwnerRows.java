package dev.latchkey.jdbc;

import dev.latchkey.core.key.KeyId;
import dev.latchkey.core.key.Owner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of {@code api_keys} as far as they keep an owner out: {@code disabled}, with his key in them
 * or with none. A row without a key has an empty {@code key_encrypted}; lifted, it is {@code
 * retired} and makes room for a key.
 */
final class OwnerRows {
  /** Of {@code api_keys}: no key is here any more, nor does the row keep anybody out. */
  static final String LIFTED = "status = 'retired' and key_encrypted = ''";

  private static final String DISABLE =
      "update api_keys set status = 'disabled', last_error = ?, updated_at = current_timestamp ";
  private static final String INSERT =
      "insert into api_keys (id, provider, user_id, key_encrypted, key_fingerprint, key_hint,"
          + " source, status, priority, generation, last_error, created_at, updated_at)"
          + " values (?, ?, ?, '', '', '', 'manual', 'disabled', 0, 1, ?,"
          + " current_timestamp, current_timestamp) on conflict do nothing";
  private static final String ENABLE =
      "update api_keys set last_error = null, cooldown_until = null,"
          + " status = case when key_encrypted = '' then 'retired' else 'active' end,"
          + " updated_at = current_timestamp"
          + " where provider = ? and user_id = ? and status = 'disabled'";

  private OwnerRows() {}

  static boolean disable(Connection c, String provider, Owner owner, String reason)
      throws SQLException {
    String error = Texts.fit(reason, KeyRows.ERROR_LENGTH);
    KeyId id = KeyId.own(provider, owner);
    String his = DISABLE + "where provider = ? and user_id = ? and status <> 'retired'";
    try (Params p = Params.of(c, his)) {
      if (p.text(error).text(provider).text(owner.id()).update() > 0) return true;
    }
    try (Params p = Params.of(c, INSERT)) {
      p.uuid(id.uuid()).text(provider).text(owner.id()).text(error);
      if (p.update() > 0) return true;
    }
    try (Params p = Params.of(c, DISABLE + "where id = ?")) {
      return p.text(error).uuid(id.uuid()).update() > 0;
    }
  }

  static boolean enable(Connection c, String provider, Owner owner) throws SQLException {
    try (Params p = Params.of(c, ENABLE)) {
      return p.text(provider).text(owner.id()).update() > 0;
    }
  }

  static List<Owner> disabled(Connection c, String provider, int limit) throws SQLException {
    String sql =
        "select distinct user_id from api_keys where provider = ? and status = 'disabled'"
            + " and user_id <> '*' limit ?";
    List<Owner> owners = new ArrayList<>();
    try (Params p = Params.of(c, sql);
        ResultSet row = p.text(provider).number(limit).query()) {
      while (row.next()) owners.add(Owner.of(row.getString("user_id")));
    }
    return owners;
  }

  /** Makes room for a first key. */
  static void clear(Connection c, KeyId id) throws SQLException {
    try (Params p = Params.of(c, "delete from api_keys where id = ? and " + LIFTED)) {
      p.uuid(id.uuid()).update();
    }
  }
}
