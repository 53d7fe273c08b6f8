package dev.latchkey.filter.identity;

import dev.latchkey.core.config.AddressRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose headers are believed: the setting {@code identity.trusted-proxies}. Immutable. */
public final class TrustedProxies {
  /** Nobody is believed. */
  public static final TrustedProxies NONE = of(Collections.<AddressRange>emptyList());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** These, and nobody else. */
  public static TrustedProxies of(List<AddressRange> ranges) {
    return new TrustedProxies(new ArrayList<>(ranges));
  }

  /** Whether nobody is believed. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean trust(@Nullable String address) {
    if (address == null) return false;
    for (AddressRange range : ranges) if (range.contains(address)) return true;
    return false;
  }
}
