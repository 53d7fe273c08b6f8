package dev.latchkey.agent.client.okhttp;

import java.util.Arrays;
import java.util.List;
import okhttp3.Interceptor;

/** Interceptors that stand in a call's list for a while. */
final class Inserted {
  private final List<Interceptor> list;
  private final int from;
  private final int count;

  private Inserted(List<Interceptor> list, int from, int count) {
    this.list = list;
    this.from = from;
    this.count = count;
  }

  /** Puts them in so that they run next for a chain that stands at {@code index}. */
  static Inserted at(List<Interceptor> list, int index, Interceptor... interceptors) {
    list.addAll(index, Arrays.asList(interceptors));
    return new Inserted(list, index, interceptors.length);
  }

  /** Takes them out again. */
  void undo() {
    list.subList(from, from + count).clear();
  }
}
