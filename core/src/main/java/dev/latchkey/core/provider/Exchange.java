package dev.latchkey.core.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.provider.ProviderHttp.Answer;
import dev.latchkey.core.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends key-management requests and tells failures apart: what surely did nothing, and what may
 * have. Messages say who was asked what, and hold no secret. Immutable.
 */
final class Exchange {

  private final String provider;
  private final Credentials credentials;
  private final ProviderHttp http;
  private final TimeSource time;

  Exchange(String provider, Credentials credentials, ProviderHttp http, TimeSource time) {
    this.provider = provider;
    this.credentials = credentials;
    this.http = http;
    this.time = time;
  }

  /** The answer, whatever its status. */
  Answer send(String what, CallSpec spec, Map<String, String> values, int most)
      throws ProvisioningException {
    try {
      return http.send(
          spec.method(), spec.url(values), spec.headers(values), spec.body(values), most);
    } catch (IOException | RuntimeException e) {
      throw unanswered(what, e);
    }
  }

  /** The JSON of an answer that must be a success. */
  JsonNode json(String what, CallSpec spec, Map<String, String> values, int most)
      throws ProvisioningException {
    Answer answer = send(what, spec, values, most);
    if (!answer.isSuccess()) throw failure(what, answer);
    if (answer.isCut()) throw odd(what, "answered with more than " + most + " bytes");
    try {
      return Json.READER.readTree(answer.body());
    } catch (JsonProcessingException e) {
      // Not chained: its message quotes the answer, and the answer may hold the key.
      throw odd(what, "answered " + answer.status() + " with what is not JSON");
    } catch (IOException e) {
      throw odd(what, "answered unreadably");
    }
  }

  /** A success that does not hold what it should: something may have been made. */
  ProvisioningException odd(String what, String rest) {
    return ProvisioningException.uncertain(say(what, rest), null);
  }

  /** 4xx and redirects surely did nothing; with 5xx nobody knows. */
  ProvisioningException failure(String what, Answer answer) {
    String message = say(what, "answered " + answer.status() + because(answer) + hint(answer));
    if (answer.status() >= 500) return ProvisioningException.uncertain(message, null);
    return ProvisioningException.refused(message, retryAfter(answer));
  }

  /** What went wrong on the way, for people. */
  String told(Exception e) {
    if (e instanceof InterruptedIOException) {
      return "nothing within " + http.timeout().toMillis() + " ms";
    }
    String message = String.valueOf(e.getMessage());
    return e.getClass().getSimpleName() + " " + credentials.hide(message, null);
  }

  private ProvisioningException unanswered(String what, Exception e) {
    String message = say(what, "gave no answer: " + told(e));
    boolean unsent =
        e instanceof ConnectException
            || e instanceof UnknownHostException
            || e instanceof NoRouteToHostException;
    return unsent
        ? ProvisioningException.refused(message, null)
        : ProvisioningException.uncertain(message, null);
  }

  private String say(String what, String rest) {
    return provider + ": asked to " + what + ", the provider " + rest;
  }

  private static String hint(Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) return "; check the provisioning key";
    return answer.status() / 100 == 3 || answer.status() == 404 ? "; check base-url" : "";
  }

  private String because(Answer answer) {
    try {
      JsonNode json = Json.READER.readTree(answer.body());
      for (String at : new String[] {"/error/message", "/error", "/message"}) {
        JsonNode message = json.at(at);
        if (message.isTextual()) return ": " + credentials.hide(message.asText(), null);
      }
    } catch (IOException e) {
      // The status has to do.
    }
    return "";
  }

  private @Nullable Duration retryAfter(Answer answer) {
    String value = answer.header("Retry-After");
    if (value == null) return null;
    Instant now = time.now();
    Instant at = RetryTime.bounded(RetryTime.Form.SECONDS, value.trim(), now);
    return at == null ? null : Duration.between(now, at);
  }

  /** Made when the first answer is read: its 300 classes would be a third of start-up. */
  private static final class Json {
    static final ObjectMapper READER = new ObjectMapper();
  }
}
