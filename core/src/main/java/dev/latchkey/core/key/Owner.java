package dev.latchkey.core.key;

import java.nio.charset.StandardCharsets;

/**
 * Whose key it is: a user, the application's default owner, or {@link #POOL} for keys that all
 * share.
 *
 * <p>Any text is a valid user. What a table cannot hold (over {@value #LONGEST} characters, a NUL,
 * a lone surrogate) is replaced by its first characters and the SHA-256 of the whole, so different
 * users stay different. {@link #toString} is safe for a log line: at most 8 characters, no control
 * characters, no quotes. Immutable.
 */
public final class Owner {
  /** The longest user id that is stored as it is, in UTF-16 characters. */
  public static final int LONGEST = 200;

  /** The owner of pooled keys, stored as {@code *}. */
  public static final Owner POOL = new Owner("*");

  private static final int KEPT = 40;
  private static final int SHOWN = 8;

  private final String id;

  private Owner(String id) {
    this.id = id;
  }

  /**
   * The owner with this user id.
   *
   * @throws IllegalArgumentException if {@code user} is blank
   */
  public static Owner of(String user) {
    if (user == null) throw new NullPointerException("user == null");
    if (user.trim().isEmpty()) throw new IllegalArgumentException("a user id must not be blank");
    return user.equals("*") ? POOL : new Owner(storable(user) ? user : shortened(user));
  }

  /** The id as the table holds it; at most {@value #LONGEST} characters, may hold any others. */
  public String id() {
    return id;
  }

  /** Whether this is the pool that everybody shares. */
  public boolean isPool() {
    return id.equals("*");
  }

  /** The id's first 8 characters; whatever could break a log line becomes {@code _}. */
  @Override
  public String toString() {
    // No stream: each start says whose keys it reads, and need not load a stream's classes for it.
    StringBuilder out = new StringBuilder(SHOWN);
    for (int at = 0, n = 0; at < id.length() && n < SHOWN; n++) {
      int c = id.codePointAt(at);
      boolean harmless = Character.isLetterOrDigit(c) || "*@.-+_#".indexOf(c) >= 0;
      out.appendCodePoint(harmless ? c : '_');
      at += Character.charCount(c);
    }
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Owner && ((Owner) other).id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  private static boolean storable(String user) {
    return user.length() <= LONGEST
        && user.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(user);
  }

  private static String shortened(String user) {
    StringBuilder kept = new StringBuilder();
    user.codePoints()
        .limit(KEPT)
        .filter(c -> c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
        .forEach(kept::appendCodePoint);
    byte[] whole = user.getBytes(StandardCharsets.UTF_16BE);
    return kept.append('#').append(Secret.hex(Secret.sha256(whole))).toString();
  }
}
