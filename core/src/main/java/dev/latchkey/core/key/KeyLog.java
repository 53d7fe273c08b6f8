package dev.latchkey.core.key;

import dev.latchkey.core.time.TimeSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened to keys: one log line an event, and the same event to a listener (the
 * history table). Never throws, whatever the listener does. Safe for use by many threads.
 */
public final class KeyLog {
  private static final Logger LOG = LoggerFactory.getLogger("latchkey");

  private final TimeSource time;
  private final Consumer<KeyEvent> history;

  private KeyLog(TimeSource time, Consumer<KeyEvent> history) {
    this.time = time;
    this.history = history;
  }

  /** Logs, and hands each event to {@code history}, which must return at once. */
  public static KeyLog create(TimeSource time, Consumer<KeyEvent> history) {
    return new KeyLog(time, history);
  }

  /** Tells of an event that concerns this key. */
  public void tell(KeyEvent.Type type, ManagedKey key, String reason) {
    tell(type, key.provider(), key.owner(), key.mask(), reason);
  }

  /** Tells of an event that concerns no one key. */
  public void tell(KeyEvent.Type type, String provider, Owner owner, String reason) {
    tell(type, provider, owner, "-", reason);
  }

  private void tell(KeyEvent.Type type, String provider, Owner owner, String mask, String reason) {
    KeyEvent event = KeyEvent.of(time.now(), type, provider, owner, mask, reason);
    if (isBad(type)) {
      LOG.warn("{}", event);
    } else {
      LOG.info("{}", event);
    }
    try {
      history.accept(event);
    } catch (RuntimeException e) {
      LOG.warn("an event was not kept in the history: {}", e.toString());
    }
  }

  private static boolean isBad(KeyEvent.Type type) {
    switch (type) {
      case REJECTED:
      case RENEWAL_FAILED:
      case EXHAUSTED:
      case DISABLED:
      case NOT_REPLAYED:
        return true;
      default:
        return false;
    }
  }
}
