package dev.latchkey.sample.webapp.client;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The clients this JVM has, by the short name that forms use. Thread-safe. */
public final class HttpCallers implements Closeable {
  private final Map<String, HttpCaller> callers;

  private HttpCallers(Map<String, HttpCaller> callers) {
    this.callers = Collections.unmodifiableMap(callers);
  }

  /** Makes one of each. */
  public static HttpCallers create() {
    Map<String, HttpCaller> callers = new LinkedHashMap<>();
    callers.put("urlconnection", new UrlConnectionCaller());
    callers.put("okhttp", new OkHttpCaller());
    callers.put("apache4", new Apache4Caller());
    callers.put("apache5", new Apache5Caller());
    jdkCaller().ifPresent(caller -> callers.put("jdk", caller));
    return new HttpCallers(callers);
  }

  /** By name, since the class is made for Java 11 and does not load on 8. */
  private static Optional<HttpCaller> jdkCaller() {
    try {
      Class<?> type = Class.forName("dev.latchkey.sample.webapp.client.JdkHttpCaller");
      Constructor<?> constructor = type.getDeclaredConstructor();
      return Optional.of((HttpCaller) constructor.newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** All of them, in the page's order. */
  public Map<String, HttpCaller> all() {
    return callers;
  }

  /** The client with that name. */
  public Optional<HttpCaller> named(String name) {
    return Optional.ofNullable(callers.get(name));
  }

  @Override
  public void close() throws IOException {
    for (HttpCaller caller : callers.values()) caller.close();
  }
}
