package dev.latchkey.core.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import dev.latchkey.core.provider.ProviderHttp.Answer;
import dev.latchkey.core.time.TimeSource;
import dev.latchkey.core.yaml.Shown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition's key-management calls, made over HTTP. */
final class HttpProviderApi implements ProviderApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 64 * 1024;

  /** A hundred keys of OpenRouter take about 80 KB. */
  private static final int LONGEST_LIST = 1024 * 1024;

  private static final int MOST_PAGES = 100;
  private static final Provider.KeyFormat ANY_KEY = new Provider.KeyFormat("", 8, 4096);

  private final String name;
  private final ManagementCalls calls;
  private final Attachment attachment;
  private final Classifier classifier;
  private final ProviderHttp http;
  private final TimeSource time;

  HttpProviderApi(
      String name,
      ManagementCalls calls,
      Attachment attachment,
      Classifier classifier,
      ProviderHttp http,
      TimeSource time) {
    this.name = name;
    this.calls = calls;
    this.attachment = attachment;
    this.classifier = classifier;
    this.http = http;
    this.time = time;
  }

  @Override
  public boolean canProbe() {
    return calls.probe != null;
  }

  @Override
  public boolean canMint() {
    return isReady(calls.provision, "name");
  }

  @Override
  public boolean canRevoke() {
    return isReady(calls.revoke, "ref") && isReady(calls.list, "offset", "after");
  }

  @Override
  public Classification probe(Secret key) {
    CallSpec spec = calls.probe;
    if (spec == null) return unasked("has no probe");
    try {
      Map<String, String> headers = new LinkedHashMap<>();
      attachment.headers(key).forEach(h -> headers.put(h.getKey(), h.getValue()));
      Map<String, String> values = values();
      headers.putAll(spec.headers(values));
      Answer answer =
          http.send(
              spec.method(),
              withKey(spec.url(values), key),
              headers,
              spec.body(values),
              LONGEST_ANSWER);
      Classification seen = classifier.classify(answer, answer.body(), time.now());
      boolean redirected = seen.verdict() == Verdict.OK && !answer.isSuccess();
      return redirected
          ? Classification.of(Verdict.UNKNOWN, "probe answered " + answer.status(), null)
          : seen;
    } catch (IOException | RuntimeException e) {
      return unasked(hide("could not be asked: " + told(e), key));
    }
  }

  @Override
  public Minted mint(MintRequest request) throws ProvisioningException {
    CallSpec spec = ready(calls.provision, "make keys", "name");
    Map<String, String> values = values();
    values.put("name", request.name());
    Duration lifetime = request.lifetime();
    if (lifetime != null) {
      // OpenRouter takes UTC only, written with Z; nobody needs fractions.
      Instant end = time.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
      values.put("expires-at", end.toString());
      values.put("lifetime-seconds", Long.toString(lifetime.getSeconds()));
    }
    Answer answer = send("make a key", spec, values, LONGEST_ANSWER);
    JsonNode json = json("make a key", answer);
    String key = first(json, calls.keyAt);
    if (key == null) {
      throw ProvisioningException.uncertain(
          say("make a key", "answered " + answer.status() + " without a key in it"), null);
    }
    String refusal = ANY_KEY.refuse(key);
    if (refusal != null) {
      throw ProvisioningException.uncertain(
          say("make a key", "answered with what cannot be a key: " + refusal), null);
    }
    Secret secret = Secret.of(key);
    String ref = first(json, calls.refAt);
    if (ref == null && calls.refIsFingerprint) ref = secret.fingerprint();
    return new Minted(secret, ref, instant(first(json, calls.expiresAt)));
  }

  @Override
  public void revoke(String ref) throws ProvisioningException {
    CallSpec spec = ready(calls.revoke, "revoke keys", "ref");
    Map<String, String> values = values();
    values.put("ref", ref);
    try {
      Answer answer = exchange("revoke a key", spec, values, LONGEST_ANSWER);
      if (!answer.isSuccess() && !calls.gone.contains(answer.status())) {
        throw failure("revoke a key", answer);
      }
    } catch (IOException | RuntimeException e) {
      throw unanswered("revoke a key", e);
    }
  }

  @Override
  public List<RemoteKey> findByName(String keyName) throws ProvisioningException {
    CallSpec spec = ready(calls.list, "list keys", "offset", "after");
    List<RemoteKey> out = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String last = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Map<String, String> values = values();
      values.put("offset", Integer.toString(seen.size()));
      values.put("after", last);
      Answer answer = send("list keys", spec, values, LONGEST_LIST);
      JsonNode json = json("list keys", answer);
      List<RemoteKey> rows = rows(json);
      int before = seen.size();
      for (RemoteKey row : rows) {
        if (seen.add(row.ref()) && row.name().equals(keyName)) out.add(row);
        last = row.ref();
      }
      if (seen.size() == before || isLast(json, spec)) return out;
    }
    throw ProvisioningException.uncertain(
        say("list keys", "did not end after " + MOST_PAGES + " pages"), null);
  }

  private List<RemoteKey> rows(JsonNode json) throws ProvisioningException {
    JsonNode items = calls.listItems == null ? json : json.at(calls.listItems.toString());
    if (!items.isArray()) {
      throw ProvisioningException.uncertain(
          say("list keys", "answered without a list at " + calls.listItems), null);
    }
    List<RemoteKey> out = new ArrayList<>();
    for (JsonNode item : items) {
      String ref = first(item, one(calls.listRef));
      String itemName = first(item, one(calls.listName));
      if (ref != null) out.add(new RemoteKey(itemName == null ? "" : itemName, ref));
    }
    return out;
  }

  private boolean isLast(JsonNode json, CallSpec spec) {
    boolean paged = spec.names().contains("offset") || spec.names().contains("after");
    if (calls.listMore == null) return !paged;
    return !paged || !json.at(calls.listMore.toString()).asBoolean(false);
  }

  private static List<JsonPath> one(@Nullable JsonPath path) {
    return path == null ? Collections.<JsonPath>emptyList() : Collections.singletonList(path);
  }

  private boolean isReady(@Nullable CallSpec spec, String... given) {
    if (spec == null || calls.provisioningKey == null) return false;
    Set<String> missing = new HashSet<>(spec.needed());
    missing.removeAll(values().keySet());
    for (String name : given) missing.remove(name);
    return missing.isEmpty();
  }

  private CallSpec ready(@Nullable CallSpec spec, String what, String... given)
      throws ProvisioningException {
    if (spec != null && isReady(spec, given)) return spec;
    String why =
        spec == null
            ? "its definition does not say how to " + what
            : calls.provisioningKey == null
                ? "no provisioning key is set"
                : "its parameters are not all set: " + spec.needed();
    throw ProvisioningException.refused(name + ": cannot " + what + ": " + why, null);
  }

  private Answer send(String what, CallSpec spec, Map<String, String> values, int most)
      throws ProvisioningException {
    Answer answer;
    try {
      answer = exchange(what, spec, values, most);
    } catch (IOException | RuntimeException e) {
      throw unanswered(what, e);
    }
    if (!answer.isSuccess()) throw failure(what, answer);
    if (answer.isCut()) {
      throw ProvisioningException.uncertain(
          say(what, "answered with more than " + most + " bytes"), null);
    }
    return answer;
  }

  private Answer exchange(String what, CallSpec spec, Map<String, String> values, int most)
      throws IOException {
    return http.send(
        spec.method(), spec.url(values), spec.headers(values), spec.body(values), most);
  }

  private JsonNode json(String what, Answer answer) throws ProvisioningException {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      // Not chained: its message quotes the answer, and the answer may hold the key.
      throw ProvisioningException.uncertain(
          say(what, "answered " + answer.status() + " with what is not JSON"), null);
    } catch (IOException e) {
      throw ProvisioningException.uncertain(say(what, "answered unreadably"), null);
    }
  }

  /** 4xx and redirects surely did nothing; with 5xx nobody knows. */
  private ProvisioningException failure(String what, Answer answer) {
    String message = say(what, "answered " + answer.status() + because(answer) + hint(answer));
    if (answer.status() >= 500) return ProvisioningException.uncertain(message, null);
    return ProvisioningException.refused(message, retryAfter(answer));
  }

  private static String hint(Answer answer) {
    if (answer.status() == 401 || answer.status() == 403) return "; check the provisioning key";
    return answer.status() / 100 == 3 || answer.status() == 404 ? "; check base-url" : "";
  }

  private String because(Answer answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      for (String at : new String[] {"/error/message", "/error", "/message"}) {
        JsonNode message = json.at(at);
        if (message.isTextual()) return ": " + hide(message.asText(), null);
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

  private String told(Exception e) {
    String message = String.valueOf(e.getMessage());
    boolean late = e instanceof java.io.InterruptedIOException;
    if (late) return "nothing within " + http.timeout().toMillis() + " ms";
    return e.getClass().getSimpleName() + " " + hide(message, null);
  }

  private String say(String what, String rest) {
    return name + ": asked to " + what + ", the provider " + rest;
  }

  private static Classification unasked(String reason) {
    return Classification.of(Verdict.TRANSIENT, reason, null);
  }

  private String hide(String text, @Nullable Secret key) {
    String out = text;
    for (Secret secret : new Secret[] {calls.provisioningKey, key}) {
      if (secret != null) {
        out = out.replace(secret.reveal(SecretAccess.granted()), secret.mask());
      }
    }
    return Shown.of(out);
  }

  private Map<String, String> values() {
    Map<String, String> out = new HashMap<>(calls.parameters);
    if (calls.provisioningKey != null) {
      out.put("provisioning-key", calls.provisioningKey.reveal(SecretAccess.granted()));
    }
    if (calls.limit != null) out.put("limit", calls.limit.toPlainString());
    if (calls.limitReset != null) out.put("limit-reset", calls.limitReset);
    return out;
  }

  private String withKey(String url, Secret key) {
    int question = url.indexOf('?');
    String query = question < 0 ? null : url.substring(question + 1);
    String keyed = attachment.query(query, key);
    if (keyed == null) return url;
    return (question < 0 ? url : url.substring(0, question)) + "?" + keyed;
  }

  private static @Nullable String first(JsonNode json, List<JsonPath> places) {
    for (JsonPath place : places) {
      JsonNode value = json.at(place.toString());
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return null;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) return null;
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
