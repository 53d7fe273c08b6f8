package dev.latchkey.core.provider;

import dev.latchkey.core.key.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider's key travels: in a header made from a template, or in the query; companion values
 * (such as Google's {@code cx}) travel with it. Immutable, pure.
 */
public interface Attachment {

  /** Whether an application's own key is left alone ({@code attach.when: absent}). */
  boolean onlyWhenAbsent();

  /** The header that carries the key; null when the query does. */
  @Nullable String headerName();

  /** The query parameter that carries the key; null when a header does. */
  @Nullable String queryName();

  /** All headers to set, by name, the key's among them; empty when only the query carries. */
  List<Map.Entry<String, String>> headers(Secret key);

  /**
   * The query with the key in it: the parameter replaced where it stands, once, or appended;
   * percent-encoded exactly once; every other byte as it was.
   *
   * @param rawQuery the raw query without {@code ?}; null for none
   * @return the same instance when no query parameter is used
   */
  @Nullable String query(@Nullable String rawQuery, Secret key);
}
