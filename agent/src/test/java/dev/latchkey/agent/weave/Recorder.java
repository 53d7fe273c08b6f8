package dev.latchkey.agent.weave;

import dev.latchkey.agent.bridge.LatchkeyBridge;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A handler that shows what it was given; made afresh in each {@link WovenHome}. */
public final class Recorder extends LatchkeyBridge {
  private final Function<Object[], @Nullable Object> answer;

  private Recorder(Function<Object[], @Nullable Object> answer) {
    this.answer = answer;
  }

  /** Installs one that keeps each call's seven values in {@code calls}. */
  public static void install(List<Object[]> calls, Function<Object[], @Nullable Object> answer) {
    LatchkeyBridge.install(
        new Recorder(
            call -> {
              calls.add(call);
              return answer.apply(call);
            }));
  }

  @Override
  protected @Nullable Object onHook(
      int hook,
      Class<?> in,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c) {
    return answer.apply(new Object[] {hook, in, self, a, b, c});
  }
}
