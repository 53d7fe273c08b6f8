package dev.latchkey.agent.engine;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.client.RealFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One client in one application: its adapter, or nothing once it failed to link. A {@link
 * LinkageError} means that the application's version of the client is not what the adapter knows,
 * and never gets better: the client is off there, with one warning.
 */
final class AdapterSlot {
  private final String client;
  private volatile @Nullable Adapter adapter;

  private AdapterSlot(String client, @Nullable Adapter adapter) {
    this.client = client;
    this.adapter = adapter;
  }

  static AdapterSlot of(String client, Adapter adapter) {
    return new AdapterSlot(client, adapter);
  }

  static AdapterSlot off(String client, Throwable fault) {
    AdapterSlot slot = new AdapterSlot(client, null);
    slot.warn(fault);
    return slot;
  }

  @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Throwable {
    Adapter to = adapter;
    if (to == null) return null;
    try {
      return to.enter(hook, self, a, b, c);
    } catch (RealFault real) {
      throw real.fault();
    } catch (LinkageError fault) {
      switchOff(fault);
      return null;
    }
  }

  private synchronized void switchOff(LinkageError fault) {
    if (adapter == null) return;
    adapter = null;
    warn(fault);
  }

  private void warn(Throwable fault) {
    try {
      LoggerFactory.getLogger("latchkey")
          .warn("{} is off for one application: its calls go out as they are", client, fault);
    } catch (Throwable evenThat) {
      // Nothing is left to be done, and the application must not notice.
    }
  }
}
