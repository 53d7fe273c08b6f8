package dev.latchkey.core.store;

import dev.latchkey.core.key.KeyStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of two notes about one generation of a key wins: the decision of {@link KeyStore#mark},
 * taken by every store while it holds the row.
 *
 * <ol>
 *   <li>What an operator did (paused, disabled, retired) is never undone by what a call saw
 *       (cooling, exhausted, invalid), and disabled not by a call that went well either.
 *   <li>A refused key does not come back by cooling off.
 *   <li>A rest only ever gets longer; one without a known end is the longest.
 *   <li>{@code active} ends a rest.
 * </ol>
 */
public final class MarkRule {
  private static final Set<KeyStatus> RESTS = EnumSet.of(KeyStatus.COOLING, KeyStatus.EXHAUSTED);
  private static final Set<KeyStatus> OPERATOR =
      EnumSet.of(KeyStatus.PAUSED, KeyStatus.DISABLED, KeyStatus.RETIRED);

  private MarkRule() {}

  /** Whether the note replaces what the row says. */
  public static boolean applies(
      KeyStatus stored,
      @Nullable Instant storedUntil,
      KeyStatus next,
      @Nullable Instant nextUntil) {
    boolean seenByCall = RESTS.contains(next) || next == KeyStatus.INVALID;
    if (seenByCall && OPERATOR.contains(stored)) return false;
    if (stored == KeyStatus.DISABLED && next == KeyStatus.ACTIVE) return false;
    if (!RESTS.contains(next)) return true;
    if (stored == KeyStatus.INVALID) return false;
    return !RESTS.contains(stored) || isLater(next, nextUntil, stored, storedUntil);
  }

  /** The rest's end to store when the note {@link #applies}; null for none or none known. */
  public static @Nullable Instant until(
      @Nullable Instant storedUntil, KeyStatus next, @Nullable Instant nextUntil) {
    if (next == KeyStatus.ACTIVE) return null;
    return RESTS.contains(next) ? nextUntil : storedUntil;
  }

  private static boolean isLater(
      KeyStatus next,
      @Nullable Instant nextUntil,
      KeyStatus stored,
      @Nullable Instant storedUntil) {
    if (endless(stored, storedUntil)) return false;
    if (endless(next, nextUntil)) return true;
    if (storedUntil == null) return true;
    return nextUntil != null && nextUntil.isAfter(storedUntil);
  }

  /** A throttled key always comes back; only quota or credit may end for good. */
  private static boolean endless(KeyStatus status, @Nullable Instant until) {
    return status == KeyStatus.EXHAUSTED && until == null;
  }
}
