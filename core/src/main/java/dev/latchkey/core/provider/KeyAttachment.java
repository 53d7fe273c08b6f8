package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import dev.latchkey.core.key.SecretAccess;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attaches a key as the definition says. */
final class KeyAttachment implements Attachment {
  private final @Nullable String headerName;
  private final String before;
  private final String after;
  private final @Nullable String queryName;
  private final Map<String, String> otherHeaders;
  private final Map<String, String> otherQuery;
  private final boolean onlyWhenAbsent;
  private final boolean unescape;

  /**
   * How a key is attached.
   *
   * @param template the header's value, {@code {key}} in it
   * @param otherQuery companions in the query, unencoded
   * @param unescape whether a stored key that holds {@code %} is percent-decoded once
   */
  KeyAttachment(
      @Nullable String headerName,
      String template,
      @Nullable String queryName,
      Map<String, String> otherHeaders,
      Map<String, String> otherQuery,
      boolean onlyWhenAbsent,
      boolean unescape) {
    int at = template.indexOf("{key}");
    this.headerName = headerName;
    this.before = template.substring(0, at);
    this.after = template.substring(at + "{key}".length());
    this.queryName = queryName;
    this.otherHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(otherHeaders));
    this.otherQuery = Collections.unmodifiableMap(new LinkedHashMap<>(otherQuery));
    this.onlyWhenAbsent = onlyWhenAbsent;
    this.unescape = unescape;
  }

  @Override
  public boolean onlyWhenAbsent() {
    return onlyWhenAbsent;
  }

  @Override
  public @Nullable String headerName() {
    return headerName;
  }

  @Override
  public @Nullable String queryName() {
    return queryName;
  }

  @Override
  public List<Map.Entry<String, String>> headers(Secret key) {
    if (otherHeaders.isEmpty()) {
      return headerName == null
          ? Collections.emptyList()
          : Collections.singletonList(header(headerName, key));
    }
    List<Map.Entry<String, String>> out = new ArrayList<>(1 + otherHeaders.size());
    if (headerName != null) out.add(header(headerName, key));
    otherHeaders.forEach((name, value) -> out.add(new SimpleImmutableEntry<>(name, value)));
    return out;
  }

  private Map.Entry<String, String> header(String name, Secret key) {
    return new SimpleImmutableEntry<>(name, before.concat(text(key)).concat(after));
  }

  @Override
  public @Nullable String query(@Nullable String rawQuery, Secret key) {
    if (queryName == null && otherQuery.isEmpty()) return rawQuery;
    String out = rawQuery;
    if (queryName != null) out = replaced(out, queryName, text(key));
    for (Map.Entry<String, String> other : otherQuery.entrySet()) {
      out = replaced(out, other.getKey(), other.getValue());
    }
    return out;
  }

  private String text(Secret key) {
    String text = key.reveal(SecretAccess.granted());
    return unescape ? Percent.decode(text) : text;
  }

  /** The first such parameter replaced, further ones dropped; where there is none, appended. */
  private static String replaced(@Nullable String query, String name, String value) {
    String parameter = Percent.encode(name) + "=" + Percent.encode(value);
    if (query == null || query.isEmpty()) return parameter;
    StringBuilder out = new StringBuilder(query.length() + parameter.length() + 1);
    boolean there = false;
    boolean begun = false;
    for (String part : query.split("&", -1)) {
      boolean same = name.equals(nameOf(part));
      if (same && there) continue;
      if (begun) out.append('&');
      begun = true;
      out.append(same ? parameter : part);
      there |= same;
    }
    return there ? out.toString() : query + '&' + parameter;
  }

  private static String nameOf(String part) {
    int equals = part.indexOf('=');
    return Percent.decode(equals < 0 ? part : part.substring(0, equals));
  }
}
