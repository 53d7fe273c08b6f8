package dev.latchkey.agent.client.huc;

import dev.latchkey.core.call.KeyedCall;
import dev.latchkey.core.call.OutboundCalls;
import dev.latchkey.core.call.OutboundRequest;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.AnswerHead;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A front door that manages one port of 127.0.0.1 with a dead key first and a live one after it.
 */
final class FakeCalls implements OutboundCalls {
  static final String DEAD = "dead-canary";
  static final String LIVE = "live-canary";

  final List<String> reported = Collections.synchronizedList(new ArrayList<>());

  private final int port;
  private final boolean inQuery;
  private final CountDownLatch asked = new CountDownLatch(1);
  private CompletableFuture<Boolean> fetched = CompletableFuture.completedFuture(true);
  private String key = LIVE;

  FakeCalls(int port, boolean inQuery) {
    this.port = port;
    this.inQuery = inQuery;
  }

  FakeCalls startingDead() {
    key = DEAD;
    return this;
  }

  /** The live key is had only once this is completed. */
  FakeCalls fetching(CompletableFuture<Boolean> until) {
    fetched = until;
    return this;
  }

  /** Returns when another key is asked for. */
  void awaitReplay() throws InterruptedException {
    if (!asked.await(20, TimeUnit.SECONDS)) throw new AssertionError("no key was asked for");
  }

  @Override
  public boolean manages(String scheme, String host, int toPort, String path) {
    return host.equals("127.0.0.1") && toPort == port;
  }

  @Override
  public KeyedCall open(OutboundRequest request, @Nullable Owner owner) {
    return new Call(key, false);
  }

  private final class Call implements KeyedCall {
    private final String used;
    private final boolean again;

    Call(String used, boolean again) {
      this.used = used;
      this.again = again;
    }

    @Override
    public List<Map.Entry<String, String>> headers() {
      return inQuery
          ? Collections.emptyList()
          : Collections.singletonList(new SimpleEntry<>("X-API-Key", used));
    }

    @Override
    public @Nullable String query(@Nullable String rawQuery) {
      if (!inQuery) return rawQuery;
      return (rawQuery == null ? "" : rawQuery + "&") + "key=" + used;
    }

    @Override
    public String hide(String text) {
      return text.replace(DEAD, "***").replace(LIVE, "***");
    }

    @Override
    public boolean wantsBody(AnswerHead head) {
      return false;
    }

    @Override
    public boolean decided(AnswerHead head, byte[] prefix, int length) {
      return true;
    }

    @Override
    public boolean answered(AnswerHead head, byte[] prefix) {
      reported.add(used + " " + head.status());
      return head.status() == 401 && !again;
    }

    @Override
    public void failed(Throwable fault) {
      reported.add(used + " failed");
    }

    @Override
    public @Nullable KeyedCall replay(boolean repeatable) {
      key = LIVE;
      reported.add("replay " + repeatable);
      return repeatable ? new Call(LIVE, true) : null;
    }

    @Override
    public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
      asked.countDown();
      return fetched.thenApply(yes -> replay(repeatable));
    }

    @Override
    public boolean isReplay() {
      return again;
    }
  }
}
