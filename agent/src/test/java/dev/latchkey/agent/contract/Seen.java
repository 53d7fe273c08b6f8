package dev.latchkey.agent.contract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as it came over the wire, byte for byte. */
final class Seen {
  private final String head;
  private final byte[] body;
  private final int connection;

  Seen(String head, byte[] body, int connection) {
    this.head = head;
    this.body = body;
    this.connection = connection;
  }

  /** Request line and headers as they came, line ends included. */
  String head() {
    return head;
  }

  byte[] body() {
    return body;
  }

  /** Which connection of the server it came over. */
  int connection() {
    return connection;
  }

  String method() {
    return head.substring(0, head.indexOf(' '));
  }

  /** The request target as it came. */
  String target() {
    int from = head.indexOf(' ') + 1;
    return head.substring(from, head.indexOf(' ', from));
  }

  /** The path without query, also where a proxy was asked. */
  String path() {
    String target = target().replaceFirst("^https?://[^/]*", "");
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Nullable String query() {
    int query = target().indexOf('?');
    return query < 0 ? null : target().substring(query + 1);
  }

  List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (String line : head.split("\r\n")) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        values.add(line.substring(name.length() + 1).trim());
      }
    }
    return values;
  }

  @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public String toString() {
    return head + "[" + body.length + " bytes]";
  }
}
