package dev.latchkey.agent.cli;

import dev.latchkey.core.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where commands are answered: reads the settings, opens the keys, prints, and tidies up. */
final class Desk {
  private final Terminal terminal;
  private final Opening opening;

  private Desk(Terminal terminal, Opening opening) {
    this.terminal = terminal;
    this.opening = opening;
  }

  static Desk of(Terminal terminal, Opening opening) {
    return new Desk(terminal, opening);
  }

  Terminal terminal() {
    return terminal;
  }

  /** Asks the question of the keys that the settings name; returns the exit code. */
  int answer(Common common, Question question) {
    try (Opened keys = opening.open(common.config)) {
      return terminal.print(question.ask(keys), common.json);
    } catch (Refusal e) {
      return refuse(e, common.json);
    } catch (StoreException e) {
      return unreachable(KeyRows.line(e.getMessage()), common.json);
    }
  }

  /** Says what is wrong with command or settings: on stderr, or as JSON where programs read. */
  int refuse(Refusal refusal, boolean json) {
    if (!json) {
      for (String fault : refusal.faults()) terminal.err().println(fault);
      return refusal.exitCode();
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", false);
    answer.put("faults", refusal.faults());
    return terminal.print(Answer.of(refusal.exitCode(), new ArrayList<>(), answer), true);
  }

  private int unreachable(String error, boolean json) {
    if (json) {
      return terminal.print(
          Answer.of(Answer.NOT_FINE, new ArrayList<>(), Collections.singletonMap("error", error)),
          true);
    }
    terminal.err().println("the key table cannot be used: " + error);
    return Answer.NOT_FINE;
  }
}
