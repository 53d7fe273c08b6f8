package dev.latchkey.agent.cli;

import dev.latchkey.core.key.KeyStatus;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys as people and programs see them: masks, never secrets. */
final class KeyRows {
  private static final int LONGEST_OWNER = 32;

  private KeyRows() {}

  /** A table of keys, and under it why each unreadable one is so and what to do. */
  static List<String> lines(List<ManagedKey> keys) {
    Table table =
        Table.of("PROVIDER", "OWNER", "KEY", "STATUS", "SOURCE", "GENERATION", "RENEWED", "NOTE");
    List<String> faults = new ArrayList<>();
    for (ManagedKey key : keys) {
      table.row(cells(key));
      if (key.fault() != null) faults.add(place(key) + ": " + line(key.fault()));
    }
    List<String> lines = table.lines();
    if (!faults.isEmpty()) lines.add("");
    lines.addAll(faults);
    return lines;
  }

  private static String[] cells(ManagedKey key) {
    return new String[] {
      key.provider(),
      owner(key.owner()),
      key.mask(),
      key.status().text(),
      key.source().text(),
      Long.toString(key.generation()),
      key.lastRenewalAt() == null ? "never" : time(key.lastRenewalAt()),
      note(key)
    };
  }

  private static String note(ManagedKey key) {
    if (key.fault() != null) return "unreadable, see below";
    if (key.status() == KeyStatus.RETIRED) return key.isBar() ? "enabled again" : "replaced";
    String until = key.cooldownUntil() == null ? "" : "rests until " + time(key.cooldownUntil());
    if (key.status() != KeyStatus.ACTIVE) return join(until, line(key.lastError()));
    return key.expiresAt() == null ? "" : "expires " + time(key.expiresAt());
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
  }

  /** One key for programs; entries are added over time, never renamed or taken away. */
  static Map<String, ?> json(ManagedKey key) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", key.id().toString());
    json.put("provider", key.provider());
    json.put("user", key.owner().id());
    json.put("key", key.secret() == null ? null : key.mask());
    json.put("readable", key.fault() == null);
    json.put("fault", key.fault());
    json.put("status", key.status().text());
    json.put("source", key.source().text());
    json.put("generation", key.generation());
    json.put("priority", key.priority());
    json.put("cooldown_until", text(key.cooldownUntil()));
    json.put("expires_at", text(key.expiresAt()));
    json.put("last_validated", text(key.lastValidated()));
    json.put("last_renewal_at", text(key.lastRenewalAt()));
    json.put("last_error", key.lastError());
    json.put("created_at", text(key.createdAt()));
    return json;
  }

  /** {@code provider/owner}, safe to print. */
  static String place(ManagedKey key) {
    return key.provider() + "/" + owner(key.owner());
  }

  /** The owner's id, cut to {@value #LONGEST_OWNER} characters, all of them printable ASCII. */
  static String owner(Owner owner) {
    String id = owner.id();
    boolean cut = id.length() > LONGEST_OWNER;
    String shown = ascii(cut ? id.substring(0, LONGEST_OWNER) : id);
    return cut ? shown + "..." : shown;
  }

  /** Text from elsewhere on one line, in characters that every terminal can show. */
  static String line(@Nullable String text) {
    return text == null ? "" : ascii(text.replaceAll("\\s+", " ")).trim();
  }

  private static String ascii(String text) {
    return text.replaceAll("[^ -~]", "_");
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
