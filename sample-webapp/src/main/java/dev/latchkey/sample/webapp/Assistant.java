package dev.latchkey.sample.webapp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.latchkey.sample.webapp.client.HttpCaller;
import dev.latchkey.sample.webapp.client.HttpReply;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Asks the provider's chat API. Thread-safe. */
final class Assistant {
  private final Settings settings;

  Assistant(Settings settings) {
    this.settings = settings;
  }

  /** Asks one question through one client; whatever goes wrong is in the reply. */
  Reply ask(String question, HttpCaller caller) {
    String url = settings.baseUrl() + "/chat/completions";
    Map<String, String> headers =
        Collections.singletonMap("Authorization", "Bearer " + settings.apiKey());
    try {
      HttpReply reply = caller.post(url, headers, body(question));
      return Reply.of(question, caller.label(), reply.status(), text(reply));
    } catch (IOException e) {
      return Reply.unreachable(question, caller.label(), "No answer: " + e);
    }
  }

  private String body(String question) {
    JsonObject message = new JsonObject();
    message.addProperty("role", "user");
    message.addProperty("content", question);
    JsonArray messages = new JsonArray();
    messages.add(message);
    JsonObject body = new JsonObject();
    body.addProperty("model", settings.model());
    body.add("messages", messages);
    return body.toString();
  }

  /** The answer's text or the error's, or the body as it is where it has neither. */
  private static String text(HttpReply reply) {
    try {
      JsonObject body = JsonParser.parseString(reply.body()).getAsJsonObject();
      return answer(body).orElseGet(() -> error(body).orElse(reply.body()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return reply.body();
    }
  }

  private static Optional<String> answer(JsonObject body) {
    JsonElement choices = body.get("choices");
    if (choices == null || choices.getAsJsonArray().isEmpty()) return Optional.empty();
    JsonObject choice = choices.getAsJsonArray().get(0).getAsJsonObject();
    return Optional.of(choice.getAsJsonObject("message").get("content").getAsString());
  }

  private static Optional<String> error(JsonObject body) {
    JsonElement error = body.get("error");
    if (error == null || !error.isJsonObject()) return Optional.empty();
    return Optional.ofNullable(error.getAsJsonObject().get("message"))
        .map(JsonElement::getAsString);
  }
}
