package dev.latchkey.sample.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last 10,000 exchanges. Thread-safe. */
final class Traffic {
  private static final int KEPT = 10_000;

  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  synchronized void add(Exchange exchange) {
    if (exchanges.size() == KEPT) exchanges.removeFirst();
    exchanges.addLast(exchange);
  }

  synchronized List<Exchange> all() {
    return new ArrayList<>(exchanges);
  }

  /** What there is so far, leaving nothing. */
  synchronized List<Exchange> take() {
    List<Exchange> taken = all();
    exchanges.clear();
    return taken;
  }
}
