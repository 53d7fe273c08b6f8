package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of what happens on calls without flooding the log: the same event for the same key and
 * generation at most once a minute. Remembers {@value #MOST} lines at most.
 */
final class Reports {
  static final int MOST = 10_000;
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final KeyLog log;
  private final TimeSource time;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  Reports(KeyLog log, TimeSource time) {
    this.log = log;
    this.time = time;
  }

  void tell(KeyEvent.Type type, ManagedKey key, String reason) {
    if (isNews(key.id() + "/" + key.generation() + "/" + type.text())) log.tell(type, key, reason);
  }

  void tell(KeyEvent.Type type, String provider, Owner owner, String reason) {
    if (isNews(type, provider, owner)) log.tell(type, provider, owner, reason);
  }

  /** Whether it was not told lately; from now on it counts as told. */
  boolean isNews(KeyEvent.Type type, String provider, Owner owner) {
    return isNews(provider + '\0' + owner.id() + '\0' + type.text());
  }

  private boolean isNews(String line) {
    long now = time.nanoTime();
    if (told.size() >= MOST) told.clear();
    Long before = told.putIfAbsent(line, now);
    return before == null || now - before >= AGAIN_NANOS && told.replace(line, before, now);
  }
}
