package dev.latchkey.agent.engine;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import dev.latchkey.agent.client.ClientHooks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the bridge leads: from a hook's number and class to the adapter it belongs to. */
final class Dispatcher extends LatchkeyBridge {
  private final ClientAdapters[] clients;

  private Dispatcher(ClientAdapters[] clients) {
    this.clients = clients;
  }

  static Dispatcher create(List<ClientHooks> clients, ClassLoader home, Engine engine) {
    ClientAdapters[] adapters = new ClientAdapters[clients.size()];
    for (int i = 0; i < adapters.length; i++) {
      ClientHooks client = clients.get(i);
      adapters[i] = new ClientAdapters(client, home, new ClientCalls(client.setting(), engine));
    }
    return new Dispatcher(adapters);
  }

  @Override
  protected @Nullable Object onHook(
      int hook,
      @Nullable Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c)
      throws Throwable {
    if (in == null) return null; // A class older than Java 5 cannot name itself.
    return clients[hook >> 4].enter(hook & 15, in, self, a, b, c);
  }
}
