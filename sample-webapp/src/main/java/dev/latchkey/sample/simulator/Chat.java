package dev.latchkey.sample.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question and the answer to it, which follows from the question alone. Immutable.
 *
 * <p>Shapes: OpenRouterTeam/docs, {@code openapi/openapi.yaml} and {@code streaming.mdx}.
 */
final class Chat {
  private final String id;
  private final long createdAt;
  private final String model;
  private final boolean streamed;
  private final String question;

  private Chat(String id, long createdAt, String model, boolean streamed, String question) {
    this.id = id;
    this.createdAt = createdAt;
    this.model = model;
    this.streamed = streamed;
    this.question = question;
  }

  /**
   * Reads a request's body.
   *
   * @throws IllegalArgumentException if there is no model or no message
   */
  static Chat of(Map<String, @Nullable Object> body, long number, long epochSecond) {
    Object model = body.get("model");
    if (!(model instanceof String)) throw new IllegalArgumentException("No models provided");
    return new Chat(
        "gen-" + epochSecond + "-" + number,
        epochSecond,
        (String) model,
        Boolean.TRUE.equals(body.get("stream")),
        question(body.get("messages")));
  }

  /** The last message's text; its content may be one string or a list of parts. */
  private static String question(@Nullable Object messages) {
    if (messages instanceof List && !((List<?>) messages).isEmpty()) {
      List<?> list = (List<?>) messages;
      Object last = list.get(list.size() - 1);
      if (last instanceof Map) return text(((Map<?, ?>) last).get("content"));
    }
    throw new IllegalArgumentException("Input required: specify \"prompt\" or \"messages\"");
  }

  private static String text(@Nullable Object content) {
    if (content instanceof String) return (String) content;
    StringBuilder text = new StringBuilder();
    for (Object part : content instanceof List ? (List<?>) content : Collections.emptyList()) {
      if (part instanceof Map && ((Map<?, ?>) part).get("text") instanceof String) {
        text.append(((Map<?, ?>) part).get("text"));
      }
    }
    return text.toString();
  }

  String id() {
    return id;
  }

  boolean streamed() {
    return streamed;
  }

  /** The same question always gets this same text. */
  String answer() {
    int words = question.trim().isEmpty() ? 0 : question.trim().split("\\s+").length;
    return "You asked: \""
        + question
        + "\" ("
        + words
        + (words == 1 ? " word" : " words")
        + "). I am the OpenRouter simulator on this machine: I repeat, I do not think.";
  }

  /** About four characters a token, as a rule of thumb. */
  int tokens() {
    return promptTokens() + completionTokens();
  }

  private int promptTokens() {
    return 1 + question.length() / 4;
  }

  private int completionTokens() {
    return 1 + answer().length() / 4;
  }

  Answer whole(double cost) {
    Map<String, @Nullable Object> body =
        envelope(
            "chat.completion",
            Json.object(
                "index",
                0,
                "message",
                Json.object("role", "assistant", "content", answer()),
                "finish_reason",
                "stop",
                "native_finish_reason",
                "stop"));
    body.put("usage", usage(cost));
    return Answer.json(200, body);
  }

  /** Server-sent events as the provider sends them, comment lines and the end mark included. */
  String[] events(double cost) {
    List<String> events = new ArrayList<>();
    events.add(": OPENROUTER PROCESSING\n\n");
    events.add(": OPENROUTER PROCESSING\n\n");
    for (String word : answer().split("(?<= )")) {
      events.add(event(chunk(Json.object("role", "assistant", "content", word), null)));
    }
    events.add(event(chunk(Json.object("role", "assistant", "content", ""), "stop")));
    Map<String, @Nullable Object> last = chunk(Json.object("content", ""), null);
    last.put("usage", usage(cost));
    events.add(event(last));
    events.add("data: [DONE]\n\n");
    return events.toArray(new String[0]);
  }

  private static String event(Map<String, @Nullable Object> chunk) {
    return "data: " + Json.write(chunk) + "\n\n";
  }

  private Map<String, @Nullable Object> chunk(
      Map<String, @Nullable Object> delta, @Nullable String finishReason) {
    return envelope(
        "chat.completion.chunk",
        Json.object(
            "index",
            0,
            "delta",
            delta,
            "finish_reason",
            finishReason,
            "native_finish_reason",
            finishReason));
  }

  private Map<String, @Nullable Object> envelope(
      String object, Map<String, @Nullable Object> choice) {
    return Json.object(
        "id", id,
        "object", object,
        "created", createdAt,
        "model", model,
        "provider", "Simulator",
        "choices", new ArrayList<>(Arrays.asList(choice)));
  }

  private Map<String, @Nullable Object> usage(double cost) {
    return Json.object(
        "prompt_tokens", promptTokens(),
        "completion_tokens", completionTokens(),
        "total_tokens", tokens(),
        "cost", cost,
        "is_byok", false,
        "prompt_tokens_details", Json.object("cached_tokens", 0),
        "completion_tokens_details", Json.object("reasoning_tokens", 0));
  }
}
