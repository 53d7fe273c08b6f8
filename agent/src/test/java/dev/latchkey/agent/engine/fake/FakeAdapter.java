package dev.latchkey.agent.engine.fake;

import dev.latchkey.agent.client.Adapter;
import dev.latchkey.agent.engine.library.Home;
import dev.latchkey.core.call.OutboundCalls;
import org.jspecify.annotations.Nullable;

/** An adapter of a library of the tests; answers with itself, or does what its argument says. */
public final class FakeAdapter implements Adapter {
  /** Called by the agent. */
  public FakeAdapter(OutboundCalls calls) {
    if (Home.BROKEN.get() != null) throw new NoSuchMethodError("library.Home.added(in version 2)");
    Runnable meanwhile = Home.MEANWHILE.get();
    if (meanwhile != null) meanwhile.run();
  }

  @Override
  public @Nullable Object enter(
      int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Throwable {
    if (a instanceof Throwable) throw (Throwable) a;
    return "library".equals(a) ? Home.class : this;
  }
}
