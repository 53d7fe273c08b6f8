package dev.latchkey.agent.cli;

import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Changes an owner's standing at each provider in turn and puts what became of it together. */
final class Standings {
  private Standings() {}

  /**
   * The answer, which is fine: the standing is what was asked for.
   *
   * @param change makes the change, and says how it stands now in a word or two
   * @throws dev.latchkey.core.store.StoreException if the table cannot be written
   */
  static Answer of(List<Provider> providers, Owner owner, Function<Provider, String> change) {
    Table table = Table.of("PROVIDER", "OWNER", "STANDING");
    List<Map<String, ?>> rows = new ArrayList<>();
    for (Provider provider : providers) {
      String standing = change.apply(provider);
      table.row(provider.name(), KeyRows.owner(owner), standing);
      rows.add(json(provider, owner, standing));
    }
    return Answer.of(Answer.FINE, table.lines(), Collections.singletonMap("results", rows));
  }

  private static Map<String, ?> json(Provider provider, Owner owner, String standing) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("provider", provider.name());
    json.put("user", owner.id());
    json.put("standing", standing);
    return json;
  }
}
