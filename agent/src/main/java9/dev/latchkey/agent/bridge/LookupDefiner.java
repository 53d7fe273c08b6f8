package dev.latchkey.agent.bridge;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Java 9 and later: {@link Instrumentation} may open any package to us, and a {@code Lookup}
 * defines in it. Compiled for Java 9 because calling these by reflection makes Java 18 and later
 * spin two dozen classes, which took a third of the time that {@code main} waits for us.
 */
final class LookupDefiner implements BiConsumer<Instrumentation, byte[]> {
  /** By name. */
  LookupDefiner() {}

  @Override
  public void accept(Instrumentation instrumentation, byte[] bytes) {
    Map<String, Set<Module>> opens =
        Collections.singletonMap(
            "java.lang", Collections.singleton(LookupDefiner.class.getModule()));
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.emptySet(),
        Collections.emptyMap(),
        opens,
        Collections.emptySet(),
        Collections.emptyMap());
    try {
      MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("java.lang is not open to us", e);
    }
  }
}
