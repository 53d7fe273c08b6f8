package dev.latchkey.agent.contract;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A provider: a server that wants a live key in a header or in the query, and mints keys by {@code
 * POST /admin/keys}. Answers 401 to any other key, 200 with the request's body to a live one.
 */
final class Origin implements AutoCloseable {
  /** How the key travels. */
  enum By {
    HEADER,
    QUERY
  }

  static final String REFUSAL = "{\"error\":{\"message\":\"User not found.\",\"code\":401}}";
  private static final String PARAMETER = "api_key";

  private final By by;
  private final RawServer server;
  private final String prefix;
  private final List<Seen> calls = new CopyOnWriteArrayList<>();
  private final Map<String, RawServer.Handler> free = new ConcurrentHashMap<>();
  private final Map<String, RawServer.Handler> guarded = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger minted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable String live;
  private volatile boolean down;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private Origin(By by, boolean tls) throws Exception {
    this.by = by;
    this.prefix = "";
    this.server = tls ? RawServer.https(this::handle) : RawServer.http(this::handle);
  }

  private Origin(By by, RawServer server, String prefix) {
    this.by = by;
    this.server = server;
    this.prefix = prefix;
  }

  static Origin http(By by) throws Exception {
    return new Origin(by, false);
  }

  static Origin https(By by) throws Exception {
    return new Origin(by, true);
  }

  /** A provider that shares a server with others; all its paths begin with the prefix. */
  static Origin at(RawServer server, String prefix, By by) {
    return new Origin(by, server, prefix);
  }

  By by() {
    return by;
  }

  RawServer server() {
    return server;
  }

  /** The URL of a path, with the application's placeholder where a key goes into the query. */
  String url(String path) {
    String mark = path.indexOf('?') < 0 ? "?" : "&";
    return bareUrl(path) + (by == By.QUERY ? mark + PARAMETER + "=placeholder" : "");
  }

  /** The URL of a path, with no placeholder. */
  String bareUrl(String path) {
    return server.url(local(path));
  }

  /** The path on the server. */
  String local(String path) {
    return prefix + path;
  }

  /** Answers this path whatever the key is. */
  void onAny(String path, RawServer.Handler handler) {
    free.put(path, handler);
  }

  /** Answers this path where the key is live. */
  void onLive(String path, RawServer.Handler handler) {
    guarded.put(path, handler);
  }

  /** From now on no key is good, until the next one is minted. */
  void expire() {
    live = null;
  }

  /** Whether keys can be minted. */
  void down(boolean yes) {
    down = yes;
  }

  /** Minting waits until the latch opens. */
  void hold(CountDownLatch until) {
    gate = until;
  }

  /** How many keys were asked for, those that are held included. */
  int asked() {
    return asked.get();
  }

  int minted() {
    return minted.get();
  }

  int refused() {
    return refused.get();
  }

  @Nullable String live() {
    return live;
  }

  /** Makes a key that has to be encoded where it travels in a query. */
  String mint() throws IOException {
    asked.incrementAndGet();
    await(gate);
    if (down) throw new IOException("503 from the keys API");
    String key =
        "lk-" + by.name().charAt(0) + minted.incrementAndGet() + "-s3cr3t/+=" + port() + prefix;
    live = key;
    return key;
  }

  /** The name of the header or query parameter, and its value for this key before encoding. */
  String name() {
    return by == By.HEADER ? "Authorization" : PARAMETER;
  }

  int port() {
    return server.port();
  }

  /** Forgets what it saw, not how to answer. */
  void forget() {
    refused.set(0);
    calls.clear();
  }

  /** What answers this path where the key is live. */
  RawServer.Handler route(String path) {
    return guarded.get(path);
  }

  /** The requests that were not about keys. */
  List<Seen> calls() {
    return calls;
  }

  boolean carriesLive(Seen seen) {
    String key = live;
    return key != null && key.equals(carried(seen));
  }

  /** The key that the request carries; null for none. */
  @Nullable String carried(Seen seen) {
    if (by == By.HEADER) {
      String value = seen.header("Authorization");
      return value == null ? null : value.replaceFirst("^Bearer ", "");
    }
    String query = seen.query();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (pair.startsWith(PARAMETER + "=")) return decoded(pair.substring(PARAMETER.length() + 1));
    }
    return null;
  }

  @Override
  public void close() throws Exception {
    server.close();
  }

  /** Answers as this provider does. */
  void handle(Seen seen, Reply reply) throws Exception {
    String path = seen.path().substring(prefix.length());
    if (path.equals("/admin/keys")) {
      admin(reply);
      return;
    }
    calls.add(seen);
    RawServer.Handler any = free.get(path);
    RawServer.Handler wanted = guarded.get(path);
    if (any != null) {
      any.handle(seen, reply);
    } else if (!carriesLive(seen)) {
      refuse(reply);
    } else if (wanted != null) {
      wanted.handle(seen, reply);
    } else {
      reply.send(200, seen.body(), "Content-Type", "application/octet-stream");
    }
  }

  void refuse(Reply reply) throws IOException {
    refused.incrementAndGet();
    reply.send(401, REFUSAL, "Content-Type", "application/json", "X-Request-Id", "r-401");
  }

  private void admin(Reply reply) throws IOException {
    try {
      String key = mint();
      reply.send(201, "{\"key\":\"" + key + "\"}", "Content-Type", "application/json");
    } catch (IOException unavailable) {
      reply.send(503, "{\"error\":\"down\"}", "Content-Type", "application/json");
    }
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) throw new IOException("held for too long");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8.name());
    } catch (IOException | IllegalArgumentException unreadable) {
      return value;
    }
  }
}
