package dev.latchkey.agent.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.testkit.FakeKeysApi;
import dev.latchkey.core.testkit.FakeProvider;
import dev.latchkey.core.testkit.FakeProvider.Reply;
import dev.latchkey.core.testkit.FakeProvider.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * OpenRouter as {@link FakeKeysApi} plays it, that can also make a key and hold back the answer.
 * Safe for use by many threads.
 */
final class KeysServer implements AutoCloseable {
  private static final String PREFIX = "/api/v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeProvider provider = FakeProvider.start();
  private final AtomicReference<HeldMint> hold = new AtomicReference<>();

  private KeysServer() {
    provider.handle(this::answer);
  }

  static KeysServer start() {
    return new KeysServer();
  }

  /** What the preset's {@code base-url} is set to. */
  String baseUrl() {
    return provider.url(PREFIX);
  }

  /** Where the application asks its questions. */
  String chatUrl() {
    return provider.url(PREFIX + "/chat/completions");
  }

  FakeProvider provider() {
    return provider;
  }

  FakeKeysApi keys() {
    return provider.keys();
  }

  /** The next key is made, but its answer does not leave before it is released. */
  HeldMint holdNextMint() {
    HeldMint next = new HeldMint();
    hold.set(next);
    return next;
  }

  private Reply answer(Request request) throws Exception {
    Reply reply = provider.keys().answer(request);
    HeldMint held = isMint(request) ? hold.getAndSet(null) : null;
    if (held != null) held.hold();
    return reply;
  }

  /** The calls to {@code POST /keys} so far, by the owner that the name shows. */
  Map<String, Integer> mintsByOwner() throws IOException {
    Map<String, Integer> out = new TreeMap<>();
    for (Request request : provider.requests()) {
      if (!isMint(request)) continue;
      String name = JSON.readTree(request.body()).path("name").asText();
      out.merge(name.replaceAll("^auto-renewed-|-\\d{8}_\\d{6}$", ""), 1, Integer::sum);
    }
    return out;
  }

  private static boolean isMint(Request request) {
    return request.method().equals("POST") && request.path().endsWith("/keys");
  }

  /** The latest key that was made. */
  String latestKey() {
    java.util.List<FakeKeysApi.Row> made = keys().made();
    return made.get(made.size() - 1).key();
  }

  boolean isAlive(String key) {
    return keys().living().stream().anyMatch(row -> row.key().equals(key));
  }

  @Override
  public void close() {
    HeldMint held = hold.get();
    if (held != null) held.release();
    provider.close();
  }

  /** A key that was made and whose answer is held back. */
  static final class HeldMint {
    private final CountDownLatch made = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private void hold() throws InterruptedException {
      made.countDown();
      released.await(120, TimeUnit.SECONDS);
    }

    /** Waits until the provider has made the key. */
    void awaitMade(Duration bound) throws InterruptedException {
      if (!made.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nobody asked for a key within " + bound);
      }
    }

    /** Lets the answer go. */
    void release() {
      released.countDown();
    }
  }
}
