package dev.latchkey.agent.engine;

import dev.latchkey.agent.weave.ClassReferences;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Loads all that an adapter is made of before it is used. In the middle of a call it would be too
 * late to find that the agent's jar cannot be read any more: somebody may have copied another one
 * over it.
 */
final class AdapterParts {
  private static final String OURS = "dev/latchkey/";
  private static final String AGENT = OURS + "agent/";

  private final AdapterLoader loader;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  private AdapterParts(AdapterLoader loader) {
    this.loader = loader;
  }

  /**
   * Loads the adapter of that name and what it needs.
   *
   * @throws ClassNotFoundException if any of it cannot be read
   */
  static void load(String adapter, AdapterLoader loader) throws ClassNotFoundException {
    AdapterParts parts = new AdapterParts(loader);
    parts.add(adapter.replace('.', '/'));
    for (String name = parts.waiting.poll(); name != null; name = parts.waiting.poll()) {
      parts.load(name);
    }
  }

  private void add(String name) {
    if (name.startsWith(OURS) && seen.add(name)) waiting.add(name);
  }

  /** What core needs is its own affair: whatever goes wrong behind the front door stays there. */
  private void load(String name) throws ClassNotFoundException {
    String type = name.replace('/', '.');
    if (name.startsWith(AGENT)) ClassReferences.in(loader.bytes(type)).forEach(this::add);
    try {
      loader.loadClass(type);
    } catch (LinkageError theClientLacksSomething) {
      // Perhaps nobody will need that part; if somebody does, the adapter switches itself off.
    }
  }
}
