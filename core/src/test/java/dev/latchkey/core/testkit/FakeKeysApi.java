package dev.latchkey.core.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.core.key.Secret;
import dev.latchkey.core.testkit.FakeProvider.Reply;
import dev.latchkey.core.testkit.FakeProvider.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * OpenRouter's keys API as its public documentation describes it, under any path prefix: {@code
 * POST /keys}, {@code GET /keys}, {@code DELETE /keys/HASH}, {@code GET /key}, and a chat answer
 * for everything else that carries a living key; 401 "User not found." for the rest. Its faults are
 * switched on by a test. Safe for use by many threads.
 */
public final class FakeKeysApi implements FakeProvider.Handler {
  /** The provisioning key that is right. */
  public static final String PROVISIONING_KEY =
      "sk-or-v1-9999999999999999999999999999999999999999999999999999999999990001";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 100;

  /** A key as the provider holds it. Immutable. */
  public static final class Row {
    private final String key;
    private final String name;
    private final JsonNode request;

    Row(String key, String name, JsonNode request) {
      this.key = key;
      this.name = name;
      this.request = request;
    }

    /** The key's text. */
    public String key() {
      return key;
    }

    /** The name it was made with. */
    public String name() {
      return name;
    }

    /** The body it was asked for with. */
    public JsonNode request() {
      return request;
    }

    /** SHA-256 of the key. */
    public String hash() {
      return Secret.of(key).fingerprint();
    }
  }

  private final Map<String, Row> living = new LinkedHashMap<>();
  private final List<Row> made = new ArrayList<>();
  private FakeProvider.Handler provisioningFault;
  private FakeProvider.Handler afterMintFault;
  private FakeProvider.Handler callFault;
  private CountDownLatch gate = new CountDownLatch(0);

  FakeKeysApi() {}

  /** Adds a living key that somebody made by hand. */
  public synchronized FakeKeysApi accept(String key) {
    living.put(Secret.of(key).fingerprint(), new Row(key, "by hand", JSON.createObjectNode()));
    return this;
  }

  /** Kills every key there is. */
  public synchronized void killAll() {
    living.clear();
  }

  /** Kills one key. */
  public synchronized void kill(String key) {
    living.remove(Secret.of(key).fingerprint());
  }

  /** The keys that live, oldest first. */
  public synchronized List<Row> living() {
    return new ArrayList<>(living.values());
  }

  /** All keys ever made by a call, oldest first. */
  public synchronized List<Row> made() {
    return new ArrayList<>(made);
  }

  /** Answers every provisioning call so instead of making a key; null ends it. */
  public synchronized void failProvisioning(FakeProvider.Handler fault) {
    provisioningFault = fault;
  }

  /** Answers provisioning with this status and an error body; 0 ends it. */
  public void failProvisioning(int status) {
    failProvisioning(status == 0 ? null : r -> error(status, "scripted failure " + status));
  }

  /** Makes the key, then answers so (no key in it, cut, ...); null ends it. */
  public synchronized void spoilMinted(FakeProvider.Handler fault) {
    afterMintFault = fault;
  }

  /** Answers calls that are no key management so; null ends it. */
  public synchronized void failCalls(FakeProvider.Handler fault) {
    callFault = fault;
  }

  /** Provisioning calls hang from now on, before a key is made, until {@link #release}. */
  public synchronized void hangProvisioning() {
    gate = new CountDownLatch(1);
  }

  /** Lets hanging calls go on. */
  public synchronized void release() {
    gate.countDown();
  }

  @Override
  public Reply answer(Request request) throws Exception {
    String path = request.path();
    if (request.method().equals("POST") && path.endsWith("/keys")) return provision(request);
    if (request.method().equals("GET") && path.endsWith("/keys")) return list(request);
    if (request.method().equals("DELETE") && path.contains("/keys/")) return delete(request);
    if (request.method().equals("GET") && path.endsWith("/key")) return current(request);
    return call(request);
  }

  private Reply provision(Request request) throws Exception {
    waitAtGate();
    FakeProvider.Handler fault = provisioningFault();
    if (fault != null) return fault.answer(request);
    if (!mayManage(request)) return error(401, "User not found.");
    JsonNode body = JSON.readTree(request.body());
    if (body.path("name").asText().isEmpty()) return error(400, "name is required");
    Row row = mint(body);
    FakeProvider.Handler spoil = afterMintFault();
    if (spoil != null) return spoil.answer(request);
    ObjectNode answer = JSON.createObjectNode();
    answer.set("data", describe(row));
    answer.put("key", row.key());
    return Reply.json(201, answer.toString());
  }

  private synchronized Row mint(JsonNode body) {
    String digits = Secret.of("fake-" + made.size() + "-" + System.nanoTime()).fingerprint();
    Row row = new Row("sk-or-v1-" + digits, body.path("name").asText(), body);
    made.add(row);
    living.put(row.hash(), row);
    return row;
  }

  private Reply list(Request request) {
    if (!mayManage(request)) return error(401, "User not found.");
    List<Row> rows = living();
    java.util.Collections.reverse(rows);
    String query = String.valueOf(request.query());
    int offset = query.contains("offset=") ? Integer.parseInt(query.split("offset=")[1]) : 0;
    ArrayNode data = JSON.createArrayNode();
    for (int i = offset; i < Math.min(rows.size(), offset + PAGE); i++)
      data.add(describe(rows.get(i)));
    ObjectNode answer = JSON.createObjectNode();
    answer.set("data", data);
    return Reply.json(200, answer.toString());
  }

  private synchronized Reply delete(Request request) {
    if (!mayManage(request)) return error(401, "User not found.");
    String hash = request.path().substring(request.path().lastIndexOf('/') + 1);
    if (living.remove(hash) == null) return error(404, "Resource not found");
    return Reply.json(200, "{\"deleted\":true}");
  }

  private synchronized Reply current(Request request) {
    Row row = living.get(fingerprint(request));
    if (row == null) return error(401, "User not found.");
    ObjectNode answer = JSON.createObjectNode();
    answer.set("data", describe(row));
    return Reply.json(200, answer.toString());
  }

  private Reply call(Request request) throws Exception {
    FakeProvider.Handler fault = callFault();
    if (fault != null) return fault.answer(request);
    if (!lives(request)) return error(401, "User not found.");
    return Reply.json(
        200,
        "{\"id\":\"gen-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"Hello.\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":3}}");
  }

  private synchronized boolean lives(Request request) {
    return living.containsKey(fingerprint(request));
  }

  private synchronized FakeProvider.Handler provisioningFault() {
    return provisioningFault;
  }

  private synchronized FakeProvider.Handler afterMintFault() {
    return afterMintFault;
  }

  private synchronized FakeProvider.Handler callFault() {
    return callFault;
  }

  private void waitAtGate() throws InterruptedException {
    CountDownLatch now;
    synchronized (this) {
      now = gate;
    }
    if (!now.await(60, TimeUnit.SECONDS)) throw new IllegalStateException("nobody released it");
  }

  private static boolean mayManage(Request request) {
    return PROVISIONING_KEY.equals(request.bearer());
  }

  private static String fingerprint(Request request) {
    String key = request.bearer();
    return key == null || key.isEmpty() ? "" : Secret.of(key).fingerprint();
  }

  private static ObjectNode describe(Row row) {
    ObjectNode data = JSON.createObjectNode();
    data.put("hash", row.hash()).put("name", row.name()).put("label", "sk-or-v1-0e6...1c96");
    data.put("disabled", false).put("usage", 0);
    data.set("limit", row.request().path("limit").isNumber() ? row.request().get("limit") : null);
    data.set("expires_at", row.request().get("expires_at"));
    return data;
  }

  /** An error in OpenRouter's form. */
  public static Reply error(int status, String message) {
    ObjectNode error = JSON.createObjectNode();
    error.putObject("error").put("message", message).put("code", status);
    return Reply.json(status, error.toString());
  }
}
