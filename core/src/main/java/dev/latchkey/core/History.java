package dev.latchkey.core;

import dev.latchkey.core.key.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;

/**
 * Events on their way to the table; beyond {@value #MOST} the newest are dropped, the log has them.
 */
final class History implements Consumer<KeyEvent> {
  static final int MOST = 10_000;

  private final ArrayBlockingQueue<KeyEvent> waiting = new ArrayBlockingQueue<>(MOST);

  @Override
  public void accept(KeyEvent event) {
    waiting.offer(event);
  }

  /** Takes up to {@code most} events away, oldest first. */
  List<KeyEvent> take(int most) {
    List<KeyEvent> taken = new ArrayList<>();
    waiting.drainTo(taken, most);
    return taken;
  }

  /** Puts back what could not be stored, as far as there is room; the order is in the times. */
  void putBack(List<KeyEvent> events) {
    events.forEach(waiting::offer);
  }
}
