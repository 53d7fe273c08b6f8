package dev.latchkey.sample.simulator;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code /chat/completions}: who may ask, and the troubles one can order. */
final class ChatApi implements Api {
  private static final double DOLLARS_PER_TOKEN = 0.00001;

  private final KeyRing keys;
  private final Clock clock;
  private final AtomicLong generations = new AtomicLong();
  private final AtomicInteger troublesLeft = new AtomicInteger();
  private volatile ChatTrouble trouble = ChatTrouble.SERVER_ERROR;

  ChatApi(KeyRing keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  void troubleNext(ChatTrouble trouble, int chats) {
    this.trouble = trouble;
    troublesLeft.set(chats);
  }

  @Override
  public @Nullable Answer answer(Call call) {
    if (!call.is("POST", "/chat/completions")) return null;
    Answer refusal = refusal(call.key());
    if (refusal != null) return refusal;
    if (troublesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return trouble.answer(clock.millis());
    }
    return reply(call);
  }

  private @Nullable Answer refusal(@Nullable String key) {
    if (key == null) return Refusals.noKey();
    // A management key cannot chat. How the provider words that is not documented.
    if (!keys.works(key)) return Refusals.unknownKey();
    String spent = keys.spentPeriod(key);
    return spent == null ? null : Refusals.keyLimit(spent);
  }

  private Answer reply(Call call) {
    Chat chat;
    try {
      Map<String, @Nullable Object> body = Json.readObject(call.text());
      chat = Chat.of(body, generations.incrementAndGet(), clock.instant().getEpochSecond());
    } catch (IllegalArgumentException e) {
      return Refusals.badRequest(String.valueOf(e.getMessage()));
    }
    double cost = chat.tokens() * DOLLARS_PER_TOKEN;
    keys.charge(String.valueOf(call.key()), cost);
    Answer answer = chat.streamed() ? Answer.events(chat.events(cost)) : chat.whole(cost);
    return answer.with("X-Generation-Id", chat.id());
  }
}
