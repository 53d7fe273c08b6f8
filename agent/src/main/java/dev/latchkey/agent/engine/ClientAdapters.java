package dev.latchkey.agent.engine;

import dev.latchkey.agent.client.ClientHooks;
import dev.latchkey.core.call.OutboundCalls;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of one client, one for each application loader. Each hangs on the application's own
 * class by a {@link ClassValue}, the one holder that both keeps the adapter as long as the client
 * lives and lets an undeployed application go. No lock: of two that are made at once one wins.
 */
final class ClientAdapters {
  private final ClientHooks client;
  private final ClassLoader home;
  private final OutboundCalls calls;
  private final String homeClass;
  private final @Nullable Class<?>[] first;
  private final Set<Thread> making = ConcurrentHashMap.newKeySet();
  private final ClassValue<AdapterSlot> byHomeClass = new ByHomeClass();
  private final ClassValue<AdapterSlot> byHookedClass = new ByHookedClass();

  ClientAdapters(ClientHooks client, ClassLoader home, OutboundCalls calls) {
    this.client = client;
    this.home = home;
    this.calls = calls;
    this.homeClass = client.hooks().get(0).type().replace('/', '.');
    this.first = new Class<?>[client.hooks().size()];
    for (int i = 0; i < first.length; i++) first[i] = client.hooks().get(i).first();
  }

  @Nullable Object enter(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c)
      throws Throwable {
    Class<?> wanted = first[hook];
    if (wanted != null && !wanted.isInstance(a)) return null;
    AdapterSlot adapter = of(in);
    return adapter == null ? null : adapter.enter(hook, self, a, b, c);
  }

  /**
   * The adapter for the application that holds this hooked class; null while this very thread makes
   * it, as happens where making it runs through a hooked method: asking a {@link ClassValue} for
   * the value that this thread is computing would never end.
   */
  private @Nullable AdapterSlot of(Class<?> hooked) {
    if (!making.isEmpty() && making.contains(Thread.currentThread())) return null;
    return byHookedClass.get(hooked);
  }

  private AdapterSlot make(Class<?> type) {
    making.add(Thread.currentThread());
    try {
      AdapterLoader loader = AdapterLoader.create(client, home, type.getClassLoader());
      return AdapterSlot.of(client.setting(), loader.newAdapter(calls));
    } catch (Throwable fault) {
      return AdapterSlot.off(client.setting(), fault);
    } finally {
      making.remove(Thread.currentThread());
    }
  }

  private final class ByHomeClass extends ClassValue<AdapterSlot> {
    @Override
    protected AdapterSlot computeValue(Class<?> type) {
      return make(type);
    }
  }

  private final class ByHookedClass extends ClassValue<AdapterSlot> {
    @Override
    protected AdapterSlot computeValue(Class<?> type) {
      if (type.getName().equals(homeClass)) return byHomeClass.get(type);
      try {
        return byHomeClass.get(Class.forName(homeClass, false, type.getClassLoader()));
      } catch (ClassNotFoundException | LinkageError fault) {
        return AdapterSlot.off(client.setting(), fault);
      }
    }
  }
}
