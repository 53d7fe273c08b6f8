package dev.latchkey.agent.propagate;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weaves the few classes that have places. Runs inside class loading: nothing escapes. */
final class PlaceTransformer implements ClassFileTransformer {
  private final Map<String, List<Place>> places;
  private final Propagation.Listener listener;

  PlaceTransformer(Map<String, List<Place>> places, Propagation.Listener listener) {
    this.places = places;
    this.listener = listener;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    List<Place> ofType = type == null ? null : places.get(type);
    if (type == null || ofType == null) return null;
    try {
      return PlaceWeaver.weave(ofType, bytes);
    } catch (Throwable fault) {
      listener.notWoven(type, fault);
      return null;
    }
  }
}
