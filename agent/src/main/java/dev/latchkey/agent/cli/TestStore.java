package dev.latchkey.agent.cli;

import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code test-store}: whether the key table is there, can be written, and opens. */
@Command(
    name = "test-store",
    description = {
      "Open the key table (it is made where it is missing) and say what was found.",
      "Exit code 1 if it cannot be reached or written, or holds keys that cannot be opened."
    })
final class TestStore implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Common common = new Common();

  TestStore(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(common, TestStore::ask);
  }

  private static Answer ask(Opened keys) {
    String place = keys.store().describe();
    try {
      List<ManagedKey> rows = keys.store().list(null, null, Opened.MOST_ROWS);
      return reached(keys.store().describe(), keys.store().schema(), keys.whyNotWritable(), rows);
    } catch (StoreException e) {
      return unreachable(place, KeyRows.line(e.getMessage()));
    }
  }

  private static Answer unreachable(String place, String error) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("store", place);
    json.put("reachable", false);
    json.put("error", error);
    List<String> lines = new ArrayList<>();
    lines.add("store       " + KeyRows.line(place));
    lines.add("reachable   no: " + error);
    return Answer.of(Answer.NOT_FINE, lines, json);
  }

  private static Answer reached(
      String place, String schema, @Nullable String whyNotWritable, List<ManagedKey> rows) {
    List<ManagedKey> unreadable = unreadable(rows);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("store", place);
    json.put("reachable", true);
    json.put("error", whyNotWritable);
    json.put("schema", schema);
    json.put("writable", whyNotWritable == null);
    json.put("keys", rows.size());
    json.put("unreadable", faults(unreadable));
    boolean fine = whyNotWritable == null && unreadable.isEmpty();
    return Answer.of(
        fine ? Answer.FINE : Answer.NOT_FINE,
        lines(place, schema, whyNotWritable, rows.size(), unreadable),
        json);
  }

  private static List<String> lines(
      String place,
      String schema,
      @Nullable String whyNotWritable,
      int keys,
      List<ManagedKey> unreadable) {
    List<String> lines = new ArrayList<>();
    lines.add("store       " + KeyRows.line(place));
    lines.add("reachable   yes");
    lines.add("schema      " + schema);
    lines.add(
        "writable    "
            + (whyNotWritable == null ? "yes" : "no, read-only: " + KeyRows.line(whyNotWritable)));
    lines.add("keys        " + keys);
    lines.add("unreadable  " + unreadable.size());
    for (ManagedKey key : unreadable) {
      lines.add("  " + KeyRows.place(key) + ": " + KeyRows.line(key.fault()));
    }
    return lines;
  }

  private static List<ManagedKey> unreadable(List<ManagedKey> rows) {
    List<ManagedKey> unreadable = new ArrayList<>();
    for (ManagedKey key : rows) if (key.fault() != null) unreadable.add(key);
    return unreadable;
  }

  private static List<Map<String, ?>> faults(List<ManagedKey> unreadable) {
    List<Map<String, ?>> faults = new ArrayList<>();
    for (ManagedKey key : unreadable) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("provider", key.provider());
      row.put("user", key.owner().id());
      row.put("fault", key.fault());
      faults.add(row);
    }
    return faults;
  }
}
