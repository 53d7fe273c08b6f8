package dev.latchkey.agent.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the application under test got, and what it can see of its own request afterwards. */
public final class Answer implements Serializable {
  private static final long serialVersionUID = 1;

  private final int status;
  private final TreeMap<String, ArrayList<String>> headers = new TreeMap<>();
  private final byte[] body;
  private final ArrayList<String> sights = new ArrayList<>();

  private Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** An answer; headers and sights are added by the driver. */
  public static Answer of(int status, byte[] body) {
    return new Answer(status, body);
  }

  /** Adds a header of the answer. */
  public Answer header(String name, String value) {
    headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>()).add(value);
    return this;
  }

  /** Adds all headers of a map; a null name (the status line of some clients) is left out. */
  public Answer headers(Map<String, List<String>> all) {
    all.forEach((name, values) -> values.forEach(v -> headerUnlessNull(name, v)));
    return this;
  }

  /** Adds something the application can see, such as its request's URL. */
  public Answer sight(String what, @Nullable Object value) {
    sights.add(what + "=" + value);
    return this;
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The first value of a header; null where it is absent. */
  public @Nullable String header(String name) {
    ArrayList<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.get(0);
  }

  /** All headers, names in lower case. */
  public Map<String, ArrayList<String>> headers() {
    return headers;
  }

  /** The whole body. */
  public byte[] body() {
    return body;
  }

  /** The body as text. */
  public String text() {
    return Bytes.text(body);
  }

  /** All the application can see of its request, one entry per place. */
  public List<String> sights() {
    return sights;
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }

  private void headerUnlessNull(@Nullable String name, String value) {
    if (name != null) header(name, value);
  }
}
