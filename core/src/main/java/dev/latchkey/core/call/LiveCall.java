package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.ManagedKey;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.provider.AnswerHead;
import dev.latchkey.core.provider.Classification;
import dev.latchkey.core.provider.Classifier;
import dev.latchkey.core.provider.Provider;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call under way. Catches whatever goes wrong behind it, so that no adapter has to; what each
 * call goes through does so in its own words, since a lambda would cost as much as its work.
 */
final class LiveCall implements KeyedCall {
  private final FrontDoor door;
  private final Provider provider;
  private final Owner caller;
  private final ManagedKey key;
  private final Secret secret;
  private final boolean replay;
  private @Nullable String ownQueryValue;
  private Classification answer = Classification.ok();

  LiveCall(FrontDoor door, Provider provider, Owner caller, ManagedKey key, boolean replay) {
    this.door = door;
    this.provider = provider;
    this.caller = caller;
    this.key = key;
    this.secret = Objects.requireNonNull(key.secret());
    this.replay = replay;
  }

  Provider provider() {
    return provider;
  }

  Owner caller() {
    return caller;
  }

  ManagedKey key() {
    return key;
  }

  Classification answer() {
    return answer;
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    try {
      return provider.attachment().headers(secret);
    } catch (Throwable t) {
      FrontDoor.warn(t);
      return Collections.emptyList();
    }
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery) {
    ownQueryValue = QueryText.value(rawQuery, provider.attachment().queryName());
    try {
      return provider.attachment().query(rawQuery, secret);
    } catch (Throwable t) {
      FrontDoor.warn(t);
      return rawQuery;
    }
  }

  @Override
  public String hide(String text) {
    return door.safely(() -> Veil.over(text, secret, ownQueryValue), "");
  }

  @Override
  public boolean wantsBody(AnswerHead head) {
    try {
      return provider.classifier().wantsBody(head);
    } catch (Throwable t) {
      FrontDoor.warn(t);
      return false;
    }
  }

  @Override
  public boolean decided(AnswerHead head, byte[] prefix, int length) {
    return door.safely(
        () ->
            length >= Classifier.PEEK_LIMIT || provider.classifier().decided(head, prefix, length),
        true);
  }

  @Override
  public boolean answered(AnswerHead head, byte[] prefix) {
    try {
      Instant now = door.now();
      answer = provider.classifier().classify(head, prefix, now);
      return door.judge(this, head.status(), now);
    } catch (Throwable t) {
      FrontDoor.warn(t);
      return false;
    }
  }

  @Override
  public void failed(Throwable fault) {
    door.safely(
        () -> {
          door.count(this, false, door.now());
          return true;
        },
        false);
  }

  @Override
  public @Nullable KeyedCall replay(boolean repeatable) {
    return door.safelyOrNull(() -> door.await(another(repeatable)));
  }

  @Override
  public CompletableFuture<@Nullable KeyedCall> replayAsync(boolean repeatable) {
    return door.safely(
            () -> another(repeatable), CompletableFuture.<@Nullable KeyedCall>completedFuture(null))
        .exceptionally(fault -> null);
  }

  @Override
  public boolean isReplay() {
    return replay;
  }

  private CompletableFuture<@Nullable KeyedCall> another(boolean repeatable) {
    if (replay) return CompletableFuture.completedFuture(null);
    return door.anotherKey(this, repeatable);
  }

  /** The same call with another key; says so in the log. */
  KeyedCall with(ManagedKey next, String how) {
    door.reports().tell(KeyEvent.Type.REPLAYED, next, how);
    return new LiveCall(door, provider, caller, next, true);
  }
}
