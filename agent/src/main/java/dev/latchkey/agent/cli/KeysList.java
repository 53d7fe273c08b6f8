package dev.latchkey.agent.cli;

import dev.latchkey.core.key.ManagedKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys list}: what the table holds. */
@Command(
    name = "list",
    description = {
      "Show the keys of the table as masks, retired ones too; all users without --user.",
      "Exit code 1 if one of them cannot be opened with the keyset in use."
    })
final class KeysList implements Callable<Integer> {
  private final Desk desk;

  @Mixin private final Whose whose = new Whose();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many keys, 1 to 100000; default ${DEFAULT-VALUE}.")
  private int limit;

  KeysList(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    return desk.answer(whose.common, this::ask);
  }

  private Answer ask(Opened keys) throws Refusal {
    if (limit < 1 || limit > Opened.MOST_ROWS) {
      throw Refusal.notUnderstood("--limit is 1 to " + Opened.MOST_ROWS + ": " + limit);
    }
    List<ManagedKey> found = keys.store().list(whose.provider, whose.owner(), limit + 1);
    boolean more = found.size() > limit;
    List<ManagedKey> shown = more ? found.subList(0, limit) : found;
    int code = isReadable(shown) ? Answer.FINE : Answer.NOT_FINE;
    return Answer.of(code, lines(shown, more), json(shown, more));
  }

  private static boolean isReadable(List<ManagedKey> keys) {
    for (ManagedKey key : keys) if (key.fault() != null) return false;
    return true;
  }

  private static List<String> lines(List<ManagedKey> keys, boolean more) {
    List<String> lines = new ArrayList<>();
    if (keys.isEmpty()) lines.add("no keys");
    else lines.addAll(KeyRows.lines(keys));
    if (more) lines.add("there are more; see --limit, --provider and --user");
    return lines;
  }

  private static Map<String, ?> json(List<ManagedKey> keys, boolean more) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (ManagedKey key : keys) rows.add(KeyRows.json(key));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("keys", rows);
    json.put("truncated", more);
    return json;
  }
}
